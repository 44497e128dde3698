package dev.verbatim.postgres;

import java.time.Duration;

/** A point in time up to which something may take. */
record Deadline(long atNanos) {
    /** Between two looks at something that will be done soon. */
    static final long SHORT_NANOS = Duration.ofMillis(50).toNanos();

    static Deadline in(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos());
    }

    boolean passed() {
        return leftNanos() <= 0;
    }

    long leftNanos() {
        return atNanos - System.nanoTime();
    }
}
