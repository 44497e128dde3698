package dev.verbatim.bench.agent;

import dev.verbatim.bench.process.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** A user of a service who asks its agent. For one thread. */
final class AgentClient {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final double NANOS_A_MILLI = 1e6;

    private final ObjectMapper mapper = new ObjectMapper();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Service service;

    AgentClient(Service service) {
        this.service = service;
    }

    /** Gives the user these conversations, and waits until the search has them in its index. */
    void bring(List<Dialogue> dialogues) {
        String lines = dialogues.stream().map(Dialogue::line).collect(Collectors.joining("\n"));
        call("POST", "/api/import?format=verbatim", lines);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (call("GET", "/api/search?q=the", "")
                .headers()
                .firstValue("Search-Incomplete")
                .isPresent()) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("the search is not through with what was brought");
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    /** Asks in a conversation of its own, which is then deleted: no question may help another one. */
    Answered ask(Asked asked) {
        String body = mapper.createObjectNode()
                .set(
                        "messages",
                        mapper.createArrayNode()
                                .add(mapper.createObjectNode()
                                        .put("role", "user")
                                        .put("content", asked.text())))
                .toString();
        long began = System.nanoTime();
        JsonNode answer = mapper.readTree(call("POST", "/chat/agent", body).body());
        double millis = (System.nanoTime() - began) / NANOS_A_MILLI;
        List<String> conversations = new ArrayList<>();
        answer.get("contexts")
                .forEach(context ->
                        conversations.add(context.get("conversation_id").asString()));
        call("DELETE", "/api/conversations/" + answer.get("conversation_id").asString(), "");
        return new Answered(
                asked,
                conversations,
                answer.get("recommendation").asString(),
                answer.get("retrieval_quality").asDouble(),
                millis);
    }

    private HttpResponse<String> call(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + path))
                .header("Authorization", "Bearer " + service.key())
                .header("Verbatim-User", "agent-bench")
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .timeout(PATIENCE)
                .build();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw new IllegalStateException(
                        method + " " + path + ": " + response.statusCode() + " " + response.body());
            }
            return response;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
