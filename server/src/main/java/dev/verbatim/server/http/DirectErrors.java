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
        ApiException error =
                error(status.code(), message == null || message.isBlank() ? status.reasonPhrase() : message);
        return TransportResponse.builder()
                .status(status)
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
            case 414 ->
                new ApiException(
                        414,
                        "invalid_request_error",
                        "url_too_long",
                        null,
                        "the URL is longer than " + Limits.URL_BYTES + " bytes");
            case 431 ->
                new ApiException(
                        431,
                        "invalid_request_error",
                        "headers_too_large",
                        null,
                        "the headers are too large: " + message);
            case 500 -> new ApiException(500, "server_error", "internal", null, "something went wrong here");
            default ->
                new ApiException(
                        status,
                        "invalid_request_error",
                        "bad_request",
                        null,
                        "not a request this server takes: " + message);
        };
    }
}
