package dev.verbatim.server.chat;

import java.time.Duration;

/** A point in time by which something must have come. Used by one thread. */
final class Deadline {
    private final long nanos;
    private long end;

    Deadline(Duration timeout) {
        this.nanos = timeout.toNanos();
        extend();
    }

    /** The whole time again, from now on. */
    void extend() {
        end = System.nanoTime() + nanos;
    }

    long remainingNanos() {
        return Math.max(0, end - System.nanoTime());
    }

    /** What a caller is told when it has passed. */
    ModelException passed() {
        return ModelException.slow("the model did not answer within "
                + Duration.ofNanos(nanos).toMillis() + " ms; try again, or raise OPENAI_TIMEOUT");
    }
}
