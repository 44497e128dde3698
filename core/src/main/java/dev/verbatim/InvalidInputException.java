package dev.verbatim;

/** What was given is not allowed; nothing was stored, and the same again fails again. */
public final class InvalidInputException extends HistoryException {
    private static final long serialVersionUID = 1L;

    private final String param;

    /** Says what is wrong with parameter {@code param} (a dotted path into the input, such as {@code messages[3].role}). */
    public InvalidInputException(String param, String message) {
        super(message, null);
        this.param = param;
    }

    /** The parameter at fault. */
    public String param() {
        return param;
    }
}
