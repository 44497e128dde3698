package dev.verbatim;

import org.jspecify.annotations.Nullable;

/**
 * The connection was lost while the commit was under way and PostgreSQL could not be asked in time whether it took
 * place. Sending the same messages with the same ids again is safe: they are stored once.
 */
public final class OutcomeUnknownException extends HistoryException {
    private static final long serialVersionUID = 1L;

    /** Says what was under way. */
    public OutcomeUnknownException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
