package dev.verbatim.testkit.history;

import java.util.Comparator;
import java.util.List;

/** Which messages may have been taken away by changes, of whatever outcome, that were not over at some time. */
final class Removals {
    private final long[] over;

    /** From each change to the last one: above which seq messages go. */
    private final long[] lowest;

    Removals(List<Change> changes) {
        List<Change> sorted = changes.stream()
                .filter(Change::mayHaveBeenMade)
                .sorted(Comparator.comparingLong(Change::latest))
                .toList();
        over = sorted.stream().mapToLong(Change::latest).toArray();
        lowest = sorted.stream().mapToLong(Change::removesAbove).toArray();
        for (int i = lowest.length - 2; i >= 0; i--) {
            lowest[i] = Math.min(lowest[i], lowest[i + 1]);
        }
    }

    /** Whether message {@code seq}, which was there when {@code asked} or later, may be gone in the end. */
    boolean mayHaveRemoved(long seq, long asked) {
        int first = Sorted.firstAbove(over, asked);
        return first < over.length && lowest[first] < seq;
    }
}
