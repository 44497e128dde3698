package dev.verbatim.server.http;

import dev.verbatim.ConversationNotFoundException;
import org.jspecify.annotations.Nullable;

/** A refusal with its status; the message says in one line what is wrong and what to do. */
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String type;
    private final String code;
    private final @Nullable String param;
    private final int retryAfterSeconds;

    /**
     * Any refusal.
     *
     * @param status the HTTP status
     * @param type what kind of error, such as {@code invalid_request_error}
     * @param code what went wrong, for programs
     * @param param the parameter at fault, or null
     */
    public ApiException(int status, String type, String code, @Nullable String param, String message) {
        this(status, type, code, param, message, 0);
    }

    private ApiException(
            int status, String type, String code, @Nullable String param, String message, int retryAfterSeconds) {
        super(message, null, false, false);
        this.status = status;
        this.type = type;
        this.code = code;
        this.param = param;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    /** 400: parameter {@code param} is not as it must be. */
    public static ApiException invalid(@Nullable String param, String message) {
        return new ApiException(400, "invalid_request_error", "invalid_value", param, message);
    }

    /** 401: nobody, or nobody known, is calling. */
    public static ApiException unauthorized(String message) {
        return new ApiException(401, "authentication_error", "unauthorized", null, message);
    }

    /** 403: the caller's role may not do that. */
    public static ApiException forbidden(String message) {
        return new ApiException(403, "permission_error", "forbidden", null, message);
    }

    /** 404: there is no such thing, or it is another's. */
    public static ApiException notFound(String message) {
        return new ApiException(404, "not_found_error", "not_found", null, message);
    }

    /** 404: something is to be added to a conversation that is not there. */
    public static ApiException notMade(ConversationNotFoundException e) {
        return notFound(e.getMessage() + "; make it with POST /api/conversations, or send this with ?create=true");
    }

    /** 409: it collides with what is there. */
    public static ApiException conflict(@Nullable String param, String message) {
        return new ApiException(409, "conflict_error", "conflict", param, message);
    }

    /** 412: what is there is not what the request insists on. */
    public static ApiException preconditionFailed(String message) {
        return new ApiException(412, "precondition_error", "generation_changed", "If-Match", message);
    }

    /** 413: the body is too large. */
    public static ApiException tooLarge(String message) {
        return new ApiException(413, "invalid_request_error", "body_too_large", null, message);
    }

    /** 429: try again after {@code seconds}. */
    public static ApiException tooMany(int seconds, String message) {
        return new ApiException(429, "rate_limit_error", "too_many_requests", null, message, Math.max(1, seconds));
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The kind of error. */
    public String type() {
        return type;
    }

    /** What went wrong, for programs. */
    public String code() {
        return code;
    }

    /** The parameter at fault, or null. */
    public @Nullable String param() {
        return param;
    }

    /** What {@code Retry-After} says, in seconds; 0 for no such header. */
    public int retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
