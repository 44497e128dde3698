package dev.verbatim.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;

/** A collector of traces that keeps what it is sent, as the bytes it came as: names stand in them as they are. */
public final class OtlpCollector implements AutoCloseable {
    private final HttpServer server;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final CountDownLatch taking = new CountDownLatch(1);
    private final String url;
    private volatile boolean silent;

    /** Listens on any free port. */
    public OtlpCollector() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/v1/traces", this::take);
        server.start();
        url = "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (silent) {
                taking.await();
                return;
            }
            byte[] body = exchange.getRequestBody().readAllBytes();
            synchronized (received) {
                received.writeBytes(body);
            }
            exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What {@code OTEL_EXPORTER_OTLP_ENDPOINT} has to say. */
    public String url() {
        return url;
    }

    /** Takes nothing from now on, and does not say so. */
    void fallSilent() {
        silent = true;
    }

    /** All that came so far. */
    public String received() {
        synchronized (received) {
            return received.toString(StandardCharsets.ISO_8859_1);
        }
    }

    String hex() {
        synchronized (received) {
            return HexFormat.of().formatHex(received.toByteArray());
        }
    }

    @Override
    public void close() {
        if (taking.getCount() > 0) {
            taking.countDown();
            server.stop(0);
        }
    }
}
