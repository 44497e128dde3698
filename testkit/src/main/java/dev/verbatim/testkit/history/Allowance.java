package dev.verbatim.testkit.history;

import java.util.List;

/**
 * How old an answer may be. None may be, but a read's while something is broken or settles. Answers that only PostgreSQL can
 * give never may: those to a read that asked for fresh, or for more than it was shown ({@code min_seq}), and those to
 * anything that is not a read.
 */
final class Allowance {
    private final Faults faults;
    private final Limits limits;

    Allowance(List<Fault> faults, Limits limits) {
        this.faults = new Faults(faults, limits);
        this.limits = limits;
    }

    /** In nanoseconds before it was asked. */
    long of(Operation operation) {
        return operation instanceof Read read && !isFromPostgres(read) && isInside(read) ? limits.stale() : 0;
    }

    boolean isInside(Read read) {
        return faults.touch(read.call());
    }

    private static boolean isFromPostgres(Read read) {
        long end = read.answer() instanceof Answer.Known known ? known.lastSeq() : 0;
        return read.slice().fresh() || end < read.slice().minSeq();
    }
}
