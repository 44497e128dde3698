package dev.verbatim.testkit.history;

import java.util.function.IntPredicate;

/** Searches in what is sorted. */
final class Sorted {
    private Sorted() {}

    /** The first of {@code count} indexes for which something holds that holds for all after it; {@code count} if none. */
    static int first(int count, IntPredicate holds) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (holds.test(middle)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    static int firstAbove(long[] sorted, long value) {
        return first(sorted.length, i -> sorted[i] > value);
    }
}
