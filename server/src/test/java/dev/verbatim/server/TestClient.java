package dev.verbatim.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks to a server as a user's program would. Immutable. */
public final class TestClient {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String base;
    private final Map<String, String> headers;

    /** A client of the server at {@code base}, without a key. */
    public TestClient(String base) {
        this(base, Map.of());
    }

    private TestClient(String base, Map<String, String> headers) {
        this.base = base;
        this.headers = headers;
    }

    /** An answer with its body read as JSON. */
    public record Answer(int status, HttpResponse<String> response) {
        /** The body. */
        public String text() {
            return response.body();
        }

        /** The body as JSON. */
        public JsonNode json() {
            return JSON.readTree(response.body());
        }

        /** A header, or the empty string. */
        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        /** The {@code param} of the error object, or null. */
        public @Nullable String param() {
            JsonNode param = json().at("/error/param");
            return param.isString() ? param.asString() : null;
        }

        /** The {@code code} of the error object. */
        public String code() {
            return json().at("/error/code").asString();
        }
    }

    /** This, with a header more. */
    public TestClient with(String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(name, value);
        return new TestClient(base, all);
    }

    /** This, with a key or token. */
    public TestClient key(String key) {
        return with("Authorization", "Bearer " + key);
    }

    public Answer get(String path) {
        return send("GET", path, null);
    }

    public Answer post(String path, String body) {
        return send("POST", path, body);
    }

    public Answer patch(String path, String body) {
        return send("PATCH", path, body);
    }

    public Answer delete(String path) {
        return send("DELETE", path, null);
    }

    /** Any request. */
    public Answer send(String method, String path, @Nullable String body) {
        return sendBody(
                method,
                path,
                body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
    }

    /** Any request with any body. */
    public Answer sendBody(String method, String path, HttpRequest.BodyPublisher body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(60))
                .method(method, body);
        headers.forEach(request::header);
        try {
            HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response);
        } catch (IOException e) {
            throw new AssertionError(method + " " + path + " failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
