package dev.verbatim.server.json;

/** A text is not the JSON it should be; the message says in one line what is wrong. */
public final class NotJsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotJsonException(String message) {
        super(message);
    }
}
