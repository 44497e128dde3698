package dev.verbatim.testkit.history;

import java.time.Duration;

/**
 * How old an answer may be.
 *
 * @param stale how long before a read began its state may have been left behind, in nanoseconds, while something is broken
 * @param settling how long after a fault's end this still holds, in nanoseconds
 */
record Limits(long stale, long settling) {
    static final Limits PROMISED =
            new Limits(Duration.ofSeconds(1).toNanos(), Duration.ofMillis(1_500).toNanos());
}
