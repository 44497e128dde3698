package dev.verbatim.server.importing;

import java.time.Duration;

/** An attempt failed in a way that may pass; sending the same again is safe. */
final class TryAgainException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String reason;
    private final Duration wait;

    /** Says what failed, and how long the other side asked to wait: nothing when it did not ask. */
    TryAgainException(String message, Duration wait) {
        super(message, null, false, false);
        this.reason = message;
        this.wait = wait;
    }

    Duration asksToWait() {
        return wait;
    }

    @Override
    public String getMessage() {
        return reason;
    }
}
