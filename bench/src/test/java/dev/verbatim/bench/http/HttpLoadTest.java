package dev.verbatim.bench.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.verbatim.bench.load.Measured;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class HttpLoadTest {
    private static final Duration TIME = Duration.ofMillis(200);

    private final AtomicInteger served = new AtomicInteger();
    private HttpServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            served.incrementAndGet();
            byte[] body = "x".repeat(70_000).getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(exchange.getRequestURI().getPath().equals("/good") ? 200 : 500, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    private static HttpLoad.Request request(String path, int kind) {
        String text = "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n";
        return new HttpLoad.Request(text.getBytes(StandardCharsets.US_ASCII), kind);
    }

    @Test
    void sendsAsManyAsAreAnsweredAndTellsGoodFromBad() {
        AtomicInteger number = new AtomicInteger();
        Supplier<HttpLoad.Request> source =
                () -> number.incrementAndGet() % 2 == 0 ? request("/bad", 0) : request("/good", 1);
        try (HttpLoad load = new HttpLoad(server.getAddress().getPort(), 4)) {
            List<Measured> measured = load.run(TIME, 0, 2, source);

            assertThat(measured.get(0).perSecond()).isZero();
            assertThat(measured.get(0).failed()).isEqualTo(number.get() / 2);
            assertThat(measured.get(1).failed()).isZero();
            assertThat(measured.get(1).perSecond()).isPositive();
        }
        assertThat(served).hasValue(number.get());
    }

    @Test
    void sendsAtAFixedRate() {
        try (HttpLoad load = new HttpLoad(server.getAddress().getPort(), 4)) {
            load.run(TIME, 100, 1, () -> request("/good", 0));
        }
        assertThat(served).hasValue(20);
    }
}
