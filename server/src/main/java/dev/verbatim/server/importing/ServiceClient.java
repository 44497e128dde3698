package dev.verbatim.server.importing;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends requests to a service until they are answered or time is up. For many threads at once. */
final class ServiceClient implements AutoCloseable {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_LIMIT)
            .build();
    private final URI base;
    private final String key;
    private final Patience patience;

    ServiceClient(URI base, String key, Patience patience) {
        this.base = base;
        this.key = key;
        this.patience = patience;
    }

    void tellWaits(Consumer<String> listener) {
        patience.tell(listener);
    }

    /** Fit to stand in a path or a header. */
    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /**
     * The body of the answer to a POST for {@code user}.
     *
     * @throws EntryRefusedException when the service does not take this request
     * @throws ImportStoppedException when it takes none, or none in time
     */
    byte[] post(String user, String path, byte[] body) {
        return send("POST", user, path, body);
    }

    /** As {@link #post}, to a PATCH. */
    byte[] patch(String user, String path, byte[] body) {
        return send("PATCH", user, path, body);
    }

    private byte[] send(String method, String user, String path, byte[] body) {
        return call(request(user, path)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    /** As {@link #post}, to a GET. */
    byte[] get(String user, String path) {
        return call(request(user, path));
    }

    private HttpRequest.Builder request(String user, String path) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .header("Authorization", "Bearer " + key)
                .header("Verbatim-User", encode(user))
                .timeout(ANSWER_LIMIT);
    }

    private byte[] call(HttpRequest.Builder builder) {
        HttpRequest request = builder.build();
        return patience.retry(() -> checked(send(request)));
    }

    private HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new TryAgainException("the service at " + base + " does not answer", Duration.ZERO);
        } catch (InterruptedException e) {
            throw new ImportStoppedException("interrupted");
        }
    }

    private byte[] checked(HttpResponse<byte[]> answer) {
        int status = answer.statusCode();
        if (status / 100 == 2) {
            return answer.body();
        }
        String message = "the service answered " + status + message(answer.body());
        throw switch (status) {
            case 401, 403 ->
                new ImportStoppedException(message + " (the key is VERBATIM_ADMIN_KEY, else the file api-key"
                        + " in the service's data directory)");
            case 429, 502, 503, 504 -> new TryAgainException(message, retryAfter(answer));
            default -> new EntryRefusedException(message);
        };
    }

    private static Duration retryAfter(HttpResponse<byte[]> answer) {
        String seconds = answer.headers().firstValue("Retry-After").orElse("0");
        return seconds.matches("\\d{1,4}") ? Duration.ofSeconds(Long.parseLong(seconds)) : Duration.ZERO;
    }

    private static String message(byte[] body) {
        try {
            JsonNode message = JSON.readTree(body).path("error").path("message");
            return message.isString() ? ": " + message.stringValue() : "";
        } catch (JacksonException e) {
            return "";
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
