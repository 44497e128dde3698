package dev.verbatim;

import org.jspecify.annotations.Nullable;

/** PostgreSQL cannot be used just now; nothing was stored, and the same call may be sent again. */
public final class UnavailableException extends HistoryException {
    private static final long serialVersionUID = 1L;

    /** Says what is away and what to do. */
    public UnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
