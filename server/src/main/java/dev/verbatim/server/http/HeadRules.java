package dev.verbatim.server.http;

import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.RequestException;
import io.helidon.http.Status;

/**
 * Refuses heads that leave open where the body ends, which two programs on the way could read differently, and bodies
 * that are encoded.
 */
final class HeadRules {
    private HeadRules() {}

    /**
     * Checks a request's headers.
     *
     * @throws RequestException which {@link DirectErrors} answers, after which the connection is closed
     */
    static void check(Headers headers) {
        if (headers.contains(HeaderNames.CONTENT_LENGTH)) {
            if (headers.get(HeaderNames.CONTENT_LENGTH).valueCount() > 1) {
                throw refusal(Status.BAD_REQUEST_400, "Content-Length is sent more than once");
            }
            if (headers.contains(HeaderNames.TRANSFER_ENCODING)) {
                throw refusal(Status.BAD_REQUEST_400, "Content-Length and Transfer-Encoding are both sent");
            }
        }
        if (headers.contains(HeaderNames.CONTENT_ENCODING)) {
            throw refusal(Status.UNSUPPORTED_MEDIA_TYPE_415, "Content-Encoding is sent");
        }
    }

    private static RequestException refusal(Status status, String message) {
        return RequestException.builder()
                .type(EventType.BAD_REQUEST)
                .status(status)
                .setKeepAlive(false)
                .message(message)
                .build();
    }
}
