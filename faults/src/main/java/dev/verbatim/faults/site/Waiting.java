package dev.verbatim.faults.site;

import dev.verbatim.faults.Pause;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for processes, which takes seconds: asks seldom, so that asking slows nothing down. */
final class Waiting {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Duration STEP = Duration.ofMillis(100);

    private Waiting() {}

    /**
     * Returns once {@code condition} holds.
     *
     * @param what comes true then
     * @throws IllegalStateException when it does not for minutes
     */
    static void until(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("waited " + LIMIT.toMinutes() + " minutes in vain: " + what);
            }
            Pause.of(STEP);
        }
    }
}
