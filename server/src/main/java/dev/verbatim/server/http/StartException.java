package dev.verbatim.server.http;

import org.jspecify.annotations.Nullable;

/** The service cannot start; the message is one line that says why and what to do. */
public final class StartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says why and what to do, in one line. */
    public StartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
