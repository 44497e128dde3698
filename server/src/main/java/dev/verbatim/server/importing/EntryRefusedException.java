package dev.verbatim.server.importing;

/** One conversation cannot be taken; the message says why, in one line. */
public final class EntryRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    /** Says why. */
    public EntryRefusedException(String message) {
        super(message, null, false, false);
        this.reason = message;
    }

    @Override
    public String getMessage() {
        return reason;
    }
}
