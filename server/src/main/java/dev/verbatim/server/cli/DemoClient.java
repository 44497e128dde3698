package dev.verbatim.server.cli;

import dev.verbatim.server.http.Percent;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Talks to the demo's service as an application would. */
final class DemoClient implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final JsonMapper JSON = new JsonMapper();

    /**
     * An answer.
     *
     * @param cacheStatus what {@code Cache-Status} says, or nothing
     * @param time from the request's beginning to the answer's end
     */
    record Answer(JsonNode json, String cacheStatus, Duration time) {}

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI base;
    private final String key;
    private final String user;

    DemoClient(URI base, String key, String user) {
        this.base = base;
        this.key = key;
        this.user = user;
    }

    boolean isReady() {
        try {
            return send(HttpRequest.newBuilder(base.resolve("/health/ready"))).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Answers from wherever the service has it.
     *
     * @throws IOException when there is no answer, or one that is an error
     */
    Answer get(String path) throws IOException {
        return call(request(path));
    }

    /** As {@link #get}, but out of PostgreSQL, whatever is cached. */
    Answer getFresh(String path) throws IOException {
        return call(request(path).header("Cache-Control", "no-cache"));
    }

    /**
     * Sends {@code body} as JSON.
     *
     * @throws IOException when there is no answer, or one that is an error
     */
    Answer post(String path, Object body) throws IOException {
        return call(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))));
    }

    /** The path of a conversation's messages. */
    static String messages(String conversation) {
        return "/api/conversations/" + Percent.encode(conversation) + "/messages";
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .header("Authorization", "Bearer " + key)
                .header("Verbatim-User", user);
    }

    private Answer call(HttpRequest.Builder request) throws IOException {
        long begun = System.nanoTime();
        HttpResponse<byte[]> answer = send(request);
        Duration time = Duration.ofNanos(System.nanoTime() - begun);
        JsonNode json = JSON.readTree(answer.body());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(answer.uri().getPath() + " was answered with " + answer.statusCode() + ": "
                    + json.path("error").path("message").asString(""));
        }
        return new Answer(json, answer.headers().firstValue("Cache-Status").orElse(""), time);
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException {
        try {
            return http.send(request.timeout(LIMIT).build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
