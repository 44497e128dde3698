package dev.verbatim.postgres.backup;

import dev.verbatim.HistoryException;

/** A backup or a restore cannot be done like this; nothing was changed, and the message says what to do. */
public final class RefusedException extends HistoryException {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
        super(message, null);
    }
}
