package dev.verbatim.postgres;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What transactions were done at one moment, as {@code pg_snapshot} tells it: all below {@code xmax} but those still
 * running. Immutable.
 *
 * @param text as PostgreSQL writes it
 * @param xmax the first transaction that had not begun
 * @param running those below it that were not done
 */
public record Snapshot(String text, long xmax, Set<Long> running) {
    public Snapshot {
        running = Set.copyOf(running);
    }

    /** Reads {@code xmin:xmax:xid,xid,…}. */
    static Snapshot of(String text) {
        String[] parts = text.split(":", -1);
        Set<Long> running = parts[2].isEmpty()
                ? Set.of()
                : Arrays.stream(parts[2].split(",", -1)).map(Long::valueOf).collect(Collectors.toSet());
        return new Snapshot(text, Long.parseLong(parts[1]), running);
    }

    /** Whether this one sees everything that {@code earlier} sees. */
    public boolean covers(Snapshot earlier) {
        return xmax >= earlier.xmax
                && running.stream().allMatch(xid -> xid >= earlier.xmax || earlier.running.contains(xid));
    }

    /**
     * Whether this one sees what a transaction did that is done now.
     *
     * @param xid the lower 32 bits of its number, which is less than 2^31 away: of one that is further back this may not
     *     know that it is seen
     */
    public boolean sees(long xid) {
        long whole = xmax + (int) (xid - xmax);
        return whole < xmax && !running.contains(whole);
    }

    /** The transactions that were running, as an array in SQL. */
    String runningArray() {
        return running.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
    }
}
