package dev.verbatim.server.importing.pickle;

/** A pickle is broken, too large, or asks for something that is not done here; the message says which, in one line. */
public final class PickleException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    /** Says why. */
    public PickleException(String message) {
        super(message, null, false, false);
        this.reason = message;
    }

    @Override
    public String getMessage() {
        return reason;
    }
}
