package dev.verbatim.server.chat;

import dev.verbatim.server.json.JsonText;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A model's server on a real socket that does just what a test tells it, each connection one request. What it was asked
 * is kept.
 */
final class FakeModelServer implements AutoCloseable {
    /** What is done with one request, once it has been read. */
    interface Behaviour {
        void run(Exchange exchange) throws IOException;
    }

    /** A request that was read. */
    record Asked(String head, String body) {}

    /** One connection. */
    static final class Exchange {
        private final Socket socket;
        private final OutputStream out;
        private final Asked asked;

        Exchange(Socket socket, Asked asked) throws IOException {
            this.socket = socket;
            this.out = socket.getOutputStream();
            this.asked = asked;
        }

        Asked asked() {
            return asked;
        }

        /** A whole response. */
        void answer(int status, String type, String body, String... headers) throws IOException {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            write("HTTP/1.1 " + status + " X\r\nContent-Type: " + type + "\r\nContent-Length: " + bytes.length
                    + "\r\n");
            for (String header : headers) {
                write(header + "\r\n");
            }
            write("Connection: close\r\n\r\n");
            write(bytes);
        }

        /** The head of a stream that ends with the connection's proper end. */
        void beginStream() throws IOException {
            write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
        }

        void chunk(byte[] bytes) throws IOException {
            write(Integer.toHexString(bytes.length) + "\r\n");
            write(bytes);
            write("\r\n");
        }

        void event(String data) throws IOException {
            chunk(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
        }

        void text(String text) throws IOException {
            event(FakeModelServer.chunkOf("{\"content\":" + JsonText.quote(text) + "}"));
        }

        /** So many events at once. */
        void texts(String text, int times) throws IOException {
            String event = "data: " + FakeModelServer.chunkOf("{\"content\":" + JsonText.quote(text) + "}") + "\n\n";
            chunk(event.repeat(times).getBytes(StandardCharsets.UTF_8));
        }

        void endStream() throws IOException {
            write("0\r\n\r\n");
        }

        /** Returns when the client has closed the connection. */
        void awaitHangUp() throws IOException {
            while (socket.getInputStream().read() >= 0) {
                // Only the end is waited for.
            }
        }

        void write(String text) throws IOException {
            write(text.getBytes(StandardCharsets.UTF_8));
        }

        void write(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
        }
    }

    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ConcurrentLinkedDeque<Socket> sockets = new ConcurrentLinkedDeque<>();
    private final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile Behaviour behaviour = exchange -> exchange.answer(500, "text/plain", "no behaviour");

    FakeModelServer() throws IOException {
        Thread.ofVirtual().name("fake-model").start(this::accept);
    }

    FakeModelServer does(Behaviour given) {
        behaviour = given;
        return this;
    }

    /** Answers every request with this completion. */
    FakeModelServer completes(String completion) {
        return does(exchange -> exchange.answer(200, "application/json", completion));
    }

    /** Answers every request with these events and a proper end. */
    FakeModelServer streams(String... events) {
        return does(exchange -> {
            exchange.beginStream();
            for (String event : events) {
                exchange.event(event);
            }
            exchange.event("[DONE]");
            exchange.endStream();
        });
    }

    /** Blocks its caller until this server is closed. */
    void stall() {
        try {
            stopping.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    ModelConfig config() {
        return config(Duration.ofSeconds(30));
    }

    ModelConfig config(Duration timeout) {
        URI url = URI.create("http://127.0.0.1:" + listening.getLocalPort() + "/v1");
        return new ModelConfig(url, "sk-secret-key", "test-model", timeout);
    }

    /** The next request that was not taken yet. */
    Asked takeAsked() throws InterruptedException {
        @Nullable Asked next = asked.poll(30, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("the model was not asked");
        }
        return next;
    }

    /** The requests that were not taken yet. */
    List<Asked> asked() {
        return List.copyOf(asked);
    }

    static String completion(String message) {
        return "{\"id\":\"c1\",\"object\":\"chat.completion\",\"model\":\"test-model-1\",\"choices\":[{\"index\":0,"
                + "\"message\":" + message + ",\"finish_reason\":\"stop\"}],"
                + "\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":4,\"total_tokens\":15}}";
    }

    static String chunkOf(String delta) {
        return "{\"object\":\"chat.completion.chunk\",\"model\":\"test-model-1\",\"choices\":[{\"index\":0,\"delta\":"
                + delta + ",\"finish_reason\":null}]}";
    }

    private void accept() {
        try {
            while (!listening.isClosed()) {
                Socket socket = listening.accept();
                socket.setTcpNoDelay(true);
                sockets.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException e) {
            // The socket was closed: the server has ended.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            Asked request = read(new BufferedInputStream(socket.getInputStream()));
            asked.add(request);
            behaviour.run(new Exchange(socket, request));
        } catch (IOException e) {
            // The client hung up, which tests do on purpose.
        }
    }

    private static Asked read(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("no request");
            }
            head.write(b);
        }
        String text = head.toString(StandardCharsets.ISO_8859_1);
        int length = text.lines()
                .filter(line -> line.regionMatches(true, 0, "content-length:", 0, 15))
                .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                .findFirst()
                .orElse(0);
        return new Asked(text, new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        stopping.countDown();
        try {
            listening.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
