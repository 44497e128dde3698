package dev.verbatim.server.importing;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Tries again what may pass, with growing pauses, for a bounded time, and says so. For any number of threads. */
final class Patience {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    /** A pause that has grown so long is worth a word. */
    private static final Duration NOTICED = Duration.ofMillis(400);

    private final Duration limit;
    private final AtomicBoolean told = new AtomicBoolean();
    private volatile Consumer<String> listener = line -> {};

    /**
     * So much of it.
     *
     * @param limit how long after its first attempt something is tried again
     */
    Patience(Duration limit) {
        this.limit = limit;
    }

    /** Who is told, once until something succeeds again, what is waited for. */
    void tell(Consumer<String> newListener) {
        listener = newListener;
    }

    /**
     * The result of the first attempt that succeeds.
     *
     * @throws ImportStoppedException when none did in time; it says what the last one said
     */
    <T> T retry(Supplier<T> attempt) {
        long end = System.nanoTime() + limit.toNanos();
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                T result = attempt.get();
                told.set(false);
                return result;
            } catch (TryAgainException e) {
                if (end - System.nanoTime() <= 0) {
                    throw new ImportStoppedException(e.getMessage());
                }
                if (pause.compareTo(NOTICED) >= 0 && !told.getAndSet(true)) {
                    listener.accept(e.getMessage() + "; trying again for up to " + limit.toSeconds() + " s");
                }
                pause(max(pause, e.asksToWait()), end);
            }
            pause = min(pause.multipliedBy(2), LONGEST_PAUSE);
        }
    }

    /** Up to half of the time more, so that many who wait do not come back together; never past the end. */
    private static void pause(Duration time, long end) {
        long nanos = time.toNanos();
        long until = System.nanoTime() + nanos + ThreadLocalRandom.current().nextLong(nanos / 2);
        until = end - until < 0 ? end : until;
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.interrupted()) {
                throw new ImportStoppedException("interrupted");
            }
        }
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
