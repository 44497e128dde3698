package dev.verbatim.server.chat;

import org.jspecify.annotations.Nullable;

/**
 * The model gave no answer, or not a whole one. The message is one line for the caller and never holds the API key or
 * the model's address.
 */
public final class ModelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What went wrong. */
    public enum Kind {
        /** It cannot be reached, refused, or answered something that is no answer. */
        FAILED(502, "model_failed"),
        /** It did not answer in time. */
        SLOW(504, "model_timeout");

        private final int status;
        private final String code;

        Kind(int status, String code) {
            this.status = status;
            this.code = code;
        }
    }

    private final Kind kind;

    private ModelException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    static ModelException failed(String message) {
        return new ModelException(Kind.FAILED, message, null);
    }

    static ModelException failed(String message, Throwable cause) {
        return new ModelException(Kind.FAILED, message, cause);
    }

    static ModelException slow(String message) {
        return new ModelException(Kind.SLOW, message, null);
    }

    /** This, with more said about it. */
    ModelException adding(String more) {
        return new ModelException(kind, getMessage() + "; " + more, this);
    }

    /** What went wrong. */
    public Kind kind() {
        return kind;
    }

    /** The HTTP status for the caller: 502 or 504. */
    public int status() {
        return kind.status;
    }

    /** The error object's code. */
    public String code() {
        return kind.code;
    }
}
