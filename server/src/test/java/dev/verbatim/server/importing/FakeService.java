package dev.verbatim.server.importing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers as the service does and remembers what it was asked; answers given to it before are given first, and 0 among
 * them is a connection that breaks.
 */
final class FakeService implements AutoCloseable {
    record Asked(String path, String query, String user, String key, String body) {
        JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }
    }

    final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());
    private final Deque<Integer> statuses = new ArrayDeque<>();
    private final HttpServer server;
    private long seq;

    /** The messages it has of every conversation. */
    private final List<String> held = Collections.synchronizedList(new ArrayList<>());

    FakeService() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    FakeService holds(String... messages) {
        held.addAll(List.of(messages));
        seq = held.size();
        return this;
    }

    FakeService answerFirst(Integer... first) {
        statuses.addAll(List.of(first));
        return this;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Asked question = new Asked(
                    exchange.getRequestURI().getRawPath(),
                    String.valueOf(exchange.getRequestURI().getRawQuery()),
                    exchange.getRequestHeaders().getFirst("Verbatim-User"),
                    exchange.getRequestHeaders().getFirst("Authorization"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            asked.add(question);
            Integer status = statuses.poll();
            if (status == null) {
                send(exchange, 201, answer(question));
            } else if (status != 0) {
                send(exchange, status, "{\"error\":{\"message\":\"no, " + status + "\",\"code\":\"x\"}}");
            }
        }
    }

    private String answer(Asked question) {
        if (!question.path().endsWith("/messages")) {
            return "{\"last_seq\":" + held.size() + "}";
        }
        return question.body().isEmpty() ? page(question) : stored(question);
    }

    /** At most two messages, so that there are several pages. */
    private String page(Asked question) {
        int after = Integer.parseInt(question.query().replaceAll(".*\\bafter=([0-9]+).*", "$1"));
        List<String> data = held.subList(after, Math.min(after + 2, held.size()));
        return "{\"data\":[" + String.join(",", data) + "],\"has_more\":" + (after + 2 < held.size()) + "}";
    }

    private String stored(Asked question) {
        List<String> lines = new ArrayList<>();
        for (JsonNode message : question.json().get("messages")) {
            lines.add("{\"id\":" + message.get("id") + ",\"seq\":" + ++seq + ",\"tool_calls\":[{\"seq\":99}]}");
        }
        return "{\"data\":[" + String.join(",", lines) + "],\"last_seq\":" + seq + "}";
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
