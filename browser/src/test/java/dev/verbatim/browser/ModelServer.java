package dev.verbatim.browser;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A small server that speaks OpenAI's protocol. What it answers follows from what is asked: an answer numbered from 1 on, with a
 * citation when it was given something to cite, one
 * that waits in its middle until it is told to go on, one that does not end until the client hangs up, or a failure.
 */
final class ModelServer implements AutoCloseable {
    static final String HOSTILE = "<img src=x onerror=\"window.stolen=1\"><script>window.stolen=1</script>"
            + " [click](javascript:window.stolen=1) <b onclick='window.stolen=1'>bold</b>";

    private static final Pattern RESULTS = Pattern.compile("<search_results>(.*)</search_results>\\s*", Pattern.DOTALL);
    private static final Pattern ID = Pattern.compile("\"message_id\":\"([^\"]+)\"");
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration TICK = Duration.ofMillis(20);
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final HttpServer server;
    private final AtomicInteger answers = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final Semaphore gate = new Semaphore(0);

    ModelServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/chat/completions", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    /** Lets the answer that waits in its middle go on. */
    void goOn() {
        gate.release();
    }

    /** The next questions that ask for it fail, so many of them. */
    void fail(int times) {
        failures.set(times);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode asked = JSON.readTree(exchange.getRequestBody().readAllBytes());
            String question = lastOf(asked);
            if (question.contains("please fail") && failures.getAndDecrement() > 0) {
                send(exchange, 500, "{\"error\":{\"message\":\"no luck\"}}");
            } else if (asked.at("/stream").asBoolean(false)) {
                stream(exchange, question);
            } else {
                send(exchange, 200, whole(text(question)));
            }
        }
    }

    private static String lastOf(JsonNode asked) {
        JsonNode messages = asked.at("/messages");
        JsonNode content = messages.get(messages.size() - 1).at("/content");
        return content.isString() ? content.asString() : content.toString();
    }

    private void stream(HttpExchange exchange, String question) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            if (question.contains("without end")) {
                withoutEnd(out);
            }
            List<String> pieces = pieces(text(question));
            for (int i = 0; i < pieces.size(); i++) {
                if (i == pieces.size() / 2 && question.contains("in two parts")) {
                    gate.acquireUninterruptibly();
                }
                event(out, delta(pieces.get(i)));
            }
            event(out, "[DONE]");
        }
    }

    /** Until the client hangs up, which is seen when something is written. */
    private static void withoutEnd(OutputStream out) throws IOException {
        for (long i = 0; i < LONGEST.dividedBy(TICK); i++) {
            event(out, delta("on and "));
            LockSupport.parkNanos(TICK.toNanos());
        }
    }

    private String text(String question) {
        if (question.contains("hostile")) {
            return HOSTILE;
        }
        String asked =
                RESULTS.matcher(question).replaceAll("").lines().findFirst().orElse("");
        return "### Answer %d\n\nYou asked: **%s**%s\n\n- first\n- second\n\n```java\nint answer = %d;\n```\n\nThat is all."
                .formatted(answers.incrementAndGet(), asked, citation(question), answers.get());
    }

    /** Of the first of the messages that the agent put before the question. */
    private static String citation(String question) {
        Matcher results = RESULTS.matcher(question);
        Matcher id = ID.matcher(results.find() ? results.group(1) : "");
        return id.find() ? " [" + id.group(1) + "]" : "";
    }

    private static List<String> pieces(String text) {
        List<String> pieces = new ArrayList<>();
        for (int i = 0; i < text.length(); i += 7) {
            pieces.add(text.substring(i, Math.min(text.length(), i + 7)));
        }
        return pieces;
    }

    private static String delta(String piece) {
        return "{\"object\":\"chat.completion.chunk\",\"model\":\"small-1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":"
                + quoted(piece) + "},\"finish_reason\":null}]}";
    }

    private static String whole(String text) {
        return "{\"object\":\"chat.completion\",\"model\":\"small-1\",\"choices\":[{\"index\":0,\"message\":"
                + "{\"role\":\"assistant\",\"content\":" + quoted(text) + "},\"finish_reason\":\"stop\"}],"
                + "\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":5,\"total_tokens\":14}}";
    }

    static String quoted(String text) {
        return JsonNodeFactory.instance.stringNode(text).toString();
    }

    private static void event(OutputStream out, String data) throws IOException {
        out.write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        gate.release(Integer.MAX_VALUE / 2);
        server.stop(0);
    }
}
