package dev.verbatim.server.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Set;

/** Lets pages of other origins call, but only those named in the settings; with none named no header is sent. */
final class Cors {
    private static final HeaderName ALLOW_ORIGIN = HeaderNames.create("Access-Control-Allow-Origin");
    private static final Header METHODS = HeaderValues.createCached(
            HeaderNames.create("Access-Control-Allow-Methods"), "GET, HEAD, POST, PATCH, DELETE");
    private static final Header HEADERS = HeaderValues.createCached(
            HeaderNames.create("Access-Control-Allow-Headers"),
            "Authorization, Content-Type, Verbatim-User, If-Match, If-None-Match, Cache-Control, Idempotency-Key,"
                    + " X-Request-Id");
    private static final Header EXPOSED = HeaderValues.createCached(
            HeaderNames.create("Access-Control-Expose-Headers"),
            "ETag, Cache-Status, Retry-After, X-Request-Id, Idempotent-Replayed, Location");
    private static final Header MAX_AGE =
            HeaderValues.createCached(HeaderNames.create("Access-Control-Max-Age"), "600");
    private static final Header VARY = HeaderValues.createCached(HeaderNames.VARY, "Origin");

    private final Set<String> origins;

    Cors(Set<String> origins) {
        this.origins = origins;
    }

    void apply(ServerRequest request, ServerResponse response) {
        if (origins.isEmpty()) {
            return;
        }
        response.header(VARY);
        if (!request.headers().contains(HeaderNames.ORIGIN)) {
            return;
        }
        String origin = request.headers().get(HeaderNames.ORIGIN).get();
        if (origins.contains("*") || origins.contains(origin)) {
            response.header(HeaderValues.create(ALLOW_ORIGIN, origins.contains("*") ? "*" : origin));
            response.header(EXPOSED);
            if (request.prologue().method().text().equals("OPTIONS")) {
                response.header(METHODS).header(HEADERS).header(MAX_AGE);
            }
        }
    }
}
