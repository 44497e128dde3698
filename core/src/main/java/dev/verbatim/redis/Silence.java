package dev.verbatim.redis;

import java.util.concurrent.atomic.AtomicLong;

/** When a Redis node answered last, and since when it has left unanswered what it was asked. Thread-safe. */
final class Silence {
    private static final long NONE = Long.MIN_VALUE;

    private final AtomicLong lastAnswer = new AtomicLong(System.nanoTime());
    private final AtomicLong since = new AtomicLong(NONE);

    /** A command is about to be sent, at {@link System#nanoTime} {@code now}. */
    void asked(long now) {
        if (since.get() == NONE) {
            since.compareAndSet(NONE, now);
        }
    }

    /** The node answered, whatever it said and whether anybody waits for it still. */
    void answered() {
        lastAnswer.setRelease(System.nanoTime());
        since.set(NONE);
    }

    /** When the node answered last, as {@link System#nanoTime}; when it was first asked for, if it has not answered. */
    long lastAnswer() {
        return lastAnswer.getAcquire();
    }

    /** Whether it has answered nothing for so long, though it was asked. */
    boolean lasts(long nanos) {
        long began = since.get();
        return began != NONE && System.nanoTime() - began >= nanos;
    }
}
