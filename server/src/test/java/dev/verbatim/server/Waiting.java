package dev.verbatim.server;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for something to become true. */
final class Waiting {
    private static final long PAUSE = Duration.ofMillis(20).toNanos();
    private static final long PATIENCE = Duration.ofSeconds(30).toNanos();

    private Waiting() {}

    static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("did not become true in time");
            }
            LockSupport.parkNanos(PAUSE);
        }
    }
}
