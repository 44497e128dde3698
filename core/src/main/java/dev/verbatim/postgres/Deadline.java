package dev.verbatim.postgres;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

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

    /** What is left, for a setting of PostgreSQL: never 0, which would mean for ever. */
    String leftMillis() {
        return Long.toString(Math.max(1, TimeUnit.NANOSECONDS.toMillis(leftNanos())));
    }
}
