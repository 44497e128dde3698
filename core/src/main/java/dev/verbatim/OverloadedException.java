package dev.verbatim;

/** Too much is asked of the store at once; nothing was changed. Trying again in a second is what to do. */
public final class OverloadedException extends HistoryException {
    private static final long serialVersionUID = 1;

    /** With what there is too much of. */
    public OverloadedException(String message) {
        super(message, null);
    }
}
