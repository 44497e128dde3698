package dev.verbatim.faults.load;

import dev.verbatim.faults.site.Site;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;

/** One service as clients see it. Thread-safe. */
public final class Target implements AutoCloseable {
    private static final Duration AVOIDED = Duration.ofMillis(300);

    private final String address;
    private final HttpClient http;
    private volatile long avoidedUntil = System.nanoTime();

    /** A service behind that port. */
    public Target(int port) {
        address = "http://127.0.0.1:" + port + "/api/conversations";
        http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
    }

    /** Whether it did not answer a moment ago: then a load balancer would try another one. */
    boolean isAvoided() {
        return System.nanoTime() - avoidedUntil < 0;
    }

    Reply append(String user, String conversation, String messages, Duration patience) throws IOException {
        return send(
                request(user, "/" + conversation + "/messages?create=true")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"messages\":[" + messages + "]}")),
                patience);
    }

    Reply create(String user, String conversation, Duration patience) throws IOException {
        return send(
                request(user, "").POST(HttpRequest.BodyPublishers.ofString("{\"id\":\"" + conversation + "\"}")),
                patience);
    }

    Reply delete(String user, String conversation, Duration patience) throws IOException {
        return send(request(user, "/" + conversation).DELETE(), patience);
    }

    Reply edit(String user, String conversation, String id, String message, Duration patience) throws IOException {
        return send(
                request(user, "/" + conversation + "/messages/" + id)
                        .method("PATCH", HttpRequest.BodyPublishers.ofString(message)),
                patience);
    }

    /** Takes away what is after {@code seq}, while the conversation is of the generation that {@code tag} tells of. */
    Reply truncate(String user, String conversation, long seq, String tag, Duration patience) throws IOException {
        return send(
                request(user, "/" + conversation + "/messages?after_seq=" + seq)
                        .header("If-Match", tag)
                        .DELETE(),
                patience);
    }

    Reply read(String user, String conversation, String query, boolean fresh, Duration patience) throws IOException {
        HttpRequest.Builder request = request(user, "/" + conversation + "/messages" + query);
        return send(fresh ? request.header("Cache-Control", "no-cache") : request, patience);
    }

    private HttpRequest.Builder request(String user, String path) {
        return HttpRequest.newBuilder(URI.create(address + path))
                .header("Authorization", "Bearer " + Site.KEY)
                .header("Content-Type", "application/json")
                .header("Verbatim-User", user);
    }

    private Reply send(HttpRequest.Builder request, Duration patience) throws IOException {
        try {
            return new Reply(http.send(request.timeout(patience).build(), HttpResponse.BodyHandlers.ofByteArray()));
        } catch (HttpTimeoutException e) {
            throw e;
        } catch (IOException e) {
            avoidedUntil = System.nanoTime() + AVOIDED.toNanos();
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    static String text(Reply reply) {
        return reply.status() + " " + new String(reply.body(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
