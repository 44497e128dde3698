package dev.verbatim.faults;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Lets time pass, where time itself is what is waited for. */
public final class Pause {
    private Pause() {}

    /** Returns after that time. */
    public static void of(Duration duration) {
        until(System.nanoTime() + duration.toNanos());
    }

    /** Returns when {@link System#nanoTime} has come so far. */
    public static void until(long nanoTime) {
        for (long left = nanoTime - System.nanoTime(); left > 0; left = nanoTime - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
