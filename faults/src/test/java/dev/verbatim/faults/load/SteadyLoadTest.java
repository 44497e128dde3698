package dev.verbatim.faults.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.verbatim.testkit.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The steady load against a server that answers as told. */
final class SteadyLoadTest {
    private static final Path DIALOGUES = Path.of("..", "examples", "dialogues-200.jsonl");
    private static final int SOME = 50;

    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger appends = new AtomicInteger();
    private volatile int readStatus = 200;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void readsAndAppendsGoOnUntilItEnds() throws IOException {
        try (Target target = new Target(server.getAddress().getPort())) {
            SteadyLoad load = load(target);
            load.start("all is well");
            Await.until(() -> reads.get() > SOME && appends.get() > 0);
            String report = load.end();
            assertThat(load.isAllWell()).as(report).isTrue();
            assertThat(report)
                    .contains(
                            "all is well: reads " + reads.get() + " (p50 ", "100.0 % of them from Redis", "failed: 0");
        }
    }

    @Test
    void aCallThatIsRefusedFailsItInThePhaseItBelongsTo() throws IOException {
        try (Target target = new Target(server.getAddress().getPort())) {
            SteadyLoad load = load(target);
            load.start("well");
            Await.until(() -> reads.get() > SOME);
            readStatus = 429;
            load.phase("refused");
            int before = reads.get();
            Await.until(() -> reads.get() > before + SOME);
            assertThat(load.end().lines().toList().getLast())
                    .startsWith("refused: ")
                    .contains("429 busy")
                    .doesNotContain("failed: 0");
            assertThat(load.isAllWell()).isFalse();
        }
    }

    @Test
    void everyDialogueIsStoredBefore() throws IOException {
        try (Target target = new Target(server.getAddress().getPort())) {
            load(target).prepare();
            assertThat(appends.get()).isEqualTo(200);
        }
    }

    private static SteadyLoad load(Target target) throws IOException {
        return new SteadyLoad(target, new Dialogues(DIALOGUES), 1, 100);
    }

    private void answer(HttpExchange exchange) throws IOException {
        boolean read = exchange.getRequestMethod().equals("GET");
        (read ? reads : appends).incrementAndGet();
        byte[] body = "busy".getBytes(StandardCharsets.US_ASCII);
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().add("Cache-Status", "Verbatim; hit");
        exchange.sendResponseHeaders(read ? readStatus : 201, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
