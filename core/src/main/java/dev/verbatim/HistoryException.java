package dev.verbatim;

import org.jspecify.annotations.Nullable;

/** What a {@link HistoryStore} throws; the message says in one line what is wrong and what to do. */
public class HistoryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Something that none of the children says; nothing was stored. */
    public HistoryException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
