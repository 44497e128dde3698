package dev.verbatim.server.http;

import dev.verbatim.ConflictException;
import dev.verbatim.ConversationGoneException;
import dev.verbatim.ConversationNotFoundException;
import dev.verbatim.EffectDoneException;
import dev.verbatim.GenerationChangedException;
import dev.verbatim.InvalidInputException;
import dev.verbatim.OutcomeUnknownException;
import dev.verbatim.OverloadedException;
import dev.verbatim.UnavailableException;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What every failure is answered with: the one place that knows. */
public final class Errors {
    private static final Logger LOG = LoggerFactory.getLogger(Errors.class);

    private Errors() {}

    /** What a failure of request {@code requestId} is answered with. What nobody foresaw is logged, not shown. */
    public static ApiException of(Throwable failure, String requestId) {
        String message = Objects.requireNonNullElse(failure.getMessage(), "");
        return switch (failure) {
            case ApiException e -> e;
            case InvalidInputException e -> ApiException.invalid(e.param(), message);
            case ConversationNotFoundException e -> ApiException.notFound(message);
            case ConversationGoneException e -> new ApiException(410, "not_found_error", "gone", null, message);
            case EffectDoneException e -> new ApiException(410, "not_found_error", "gone", null, message);
            case ConflictException e -> ApiException.conflict("id", message);
            case GenerationChangedException e -> ApiException.preconditionFailed(message);
            case OverloadedException e -> ApiException.tooMany(1, message);
            case UnavailableException e -> unavailable("unavailable", e, requestId);
            case OutcomeUnknownException e -> unavailable("outcome_unknown", e, requestId);
            default -> unforeseen(failure, requestId);
        };
    }

    /** Whether a failure means that the request was refused: nothing was changed, and the same again is refused again. */
    public static boolean isRefusal(Throwable failure) {
        return switch (failure) {
            case ApiException e -> e.status() < 500 && e.status() != 429;
            case InvalidInputException e -> true;
            case ConversationNotFoundException e -> true;
            case ConversationGoneException e -> true;
            case ConflictException e -> true;
            case GenerationChangedException e -> true;
            default -> false;
        };
    }

    private static ApiException unavailable(String code, Throwable failure, String requestId) {
        LOG.warn("request {}: {}", requestId, failure.toString());
        return new ApiException(
                503, "server_error", code, null, Objects.requireNonNullElse(failure.getMessage(), "try again"));
    }

    private static ApiException unforeseen(Throwable failure, String requestId) {
        LOG.error("request {} failed", requestId, failure);
        String message = "something went wrong here; the server's log tells more under request id " + requestId;
        return new ApiException(500, "server_error", "internal", null, message);
    }

    /** The error object of the API. */
    public static byte[] json(ApiException error) {
        JsonOut out = new JsonOut().object("error").member("message", error.getMessage());
        out.member("type", error.type()).member("param", error.param()).member("code", error.code());
        return out.end().end().bytes();
    }
}
