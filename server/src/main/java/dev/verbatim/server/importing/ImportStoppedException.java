package dev.verbatim.server.importing;

/** An import cannot go on; the message says why and what to do, in one line. */
public final class ImportStoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    /** Says why, and what to do. */
    public ImportStoppedException(String message) {
        super(message, null, false, false);
        this.reason = message;
    }

    @Override
    public String getMessage() {
        return reason;
    }
}
