package dev.verbatim.faults;

import dev.verbatim.testkit.history.Fault;
import java.util.List;
import java.util.Locale;

/**
 * Moments at which Redis was too slow though nobody had broken anything: what a busy machine does to a run.
 *
 * @param moments how many services noted in all
 * @param byItself how many of these began outside of every fault that was brought about, and of the time in which it settles
 * @param millis how long the latter lasted together
 */
record Slowness(int moments, int byItself, long millis) {
    private static final long SETTLING = 1_500_000_000;

    static Slowness of(List<Fault> slow, List<Fault> faults) {
        List<Fault> alone = slow.stream()
                .filter(moment -> faults.stream()
                        .noneMatch(fault -> fault.from() <= moment.to() && moment.from() <= fault.to() + SETTLING))
                .toList();
        long nanos =
                alone.stream().mapToLong(moment -> moment.to() - moment.from()).sum();
        return new Slowness(slow.size(), alone.size(), nanos / 1_000_000);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "Redis too slow for a service: %d moments, %d of them by itself, %d ms together",
                moments,
                byItself,
                millis);
    }
}
