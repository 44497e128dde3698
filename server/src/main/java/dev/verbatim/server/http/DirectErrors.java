package dev.verbatim.server.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import org.jspecify.annotations.Nullable;

/** Answers what is refused before it is a request, such as a head that is not HTTP, with the same error object. */
final class DirectErrors implements DirectHandler {
    /** How Helidon calls it. */
    private static final String TOO_LARGE = "Header size exceeded";

    private DirectErrors() {}

    static DirectHandlers handlers() {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (EventType type : EventType.values()) {
            handlers.addHandler(type, new DirectErrors());
        }
        return handlers.build();
    }

    @Override
    public TransportResponse handle(
            TransportRequest request,
            EventType type,
            Status status,
            ServerResponseHeaders headers,
            @Nullable String message) {
        String requestId = RequestIds.of(request.headers());
        ApiException error = error(status.code(), message == null ? "" : message);
        return TransportResponse.builder()
                .status(Status.create(error.status()))
                .headers(headers)
                .header(HeaderValues.create(RequestIds.HEADER, requestId))
                .header(HeaderNames.CONTENT_TYPE, "application/json")
                .keepAlive(false)
                .entity(Errors.json(error))
                .build();
    }

    private static ApiException error(int status, String message) {
        return switch (status) {
            case 413 -> ApiException.tooLarge(message);
            case 414 -> refusal(414, "url_too_long", "the URL is longer than " + Limits.URL_BYTES + " bytes");
            case 415 ->
                refusal(
                        415,
                        "encoding_not_supported",
                        "an encoded body is not taken; send it without Content-Encoding");
            case 500 -> new ApiException(500, "server_error", "internal", null, "something went wrong here");
            case 505 -> refusal(505, "http_version_not_supported", "only HTTP/1.1 is spoken here; send HTTP/1.1");
            default ->
                message.equals(TOO_LARGE)
                        ? refusal(
                                431,
                                "headers_too_large",
                                "the headers are larger than " + Limits.HEADER_BYTES + " bytes")
                        : refusal(status, "bad_request", "not a request this server takes: " + words(message));
        };
    }

    /** What Helidon does not want to show it replaces by a hint at a log, in which it is not by default. */
    private static String words(String message) {
        return message.isBlank() || message.contains("server log")
                ? "it must begin with a line such as GET /path HTTP/1.1, and each header must be Name: value"
                : message;
    }

    private static ApiException refusal(int status, String code, String message) {
        return new ApiException(status, "invalid_request_error", code, null, message);
    }
}
