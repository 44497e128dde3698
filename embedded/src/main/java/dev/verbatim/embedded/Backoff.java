package dev.verbatim.embedded;

import java.time.Duration;

/** How long to wait before a server is started again: not at all the first time, then ever longer. */
final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(10);
    /** A server that ran this long was well: its next death counts as the first. */
    private static final Duration WELL = Duration.ofSeconds(30);

    private Duration delay = Duration.ZERO;
    private long last = System.nanoTime();

    Duration next() {
        return next(System.nanoTime());
    }

    Duration next(long nanoTime) {
        if (nanoTime - last > WELL.toNanos()) {
            delay = Duration.ZERO;
        }
        last = nanoTime;
        Duration now = delay;
        Duration doubled = delay.isZero() ? FIRST : delay.multipliedBy(2);
        delay = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        return now;
    }
}
