package dev.verbatim.bench.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/** A process that answers over HTTP. */
public final class Service implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final long A_LITTLE = Duration.ofMillis(2).toNanos();

    private final Process process;
    private final int port;
    private final String key;

    private Service(Process process, int port, String key) {
        this.process = process;
        this.port = port;
        this.key = key;
    }

    static Service start(String jdbcUrl, String redisUrl, Path work) {
        int port = freePort();
        String key = "bench-" + UUID.randomUUID();
        Map<String, String> environment = Map.of(
                "DATABASE_URL", jdbcUrl,
                "REDIS_URL", redisUrl,
                "PORT", Integer.toString(port),
                "VERBATIM_ADMIN_KEY", key,
                "VERBATIM_DATA_DIR", work.resolve("service").toString());
        ProcessBuilder builder = new ProcessBuilder(Jvm.command("dev.verbatim.server.Main", "serve"));
        Service service = new Service(launch(builder, environment, work.resolve("service.log")), port, key);
        service.awaitReady("GET /health/ready HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "\"status\":\"ok\"");
        return service;
    }

    static Service bare(Service answers, int conversations, Path work) {
        int port = freePort();
        ProcessBuilder builder = new ProcessBuilder(Jvm.command(
                "dev.verbatim.bench.http.BareServer",
                Integer.toString(port),
                Integer.toString(answers.port),
                answers.key,
                Integer.toString(conversations)));
        Service service = new Service(launch(builder, Map.of(), work.resolve("bare.log")), port, answers.key);
        service.awaitReady(
                "GET /api/conversations/read-0/messages HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "200");
        return service;
    }

    private static Process launch(ProcessBuilder builder, Map<String, String> environment, Path log) {
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady(String request, String sign) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!answers(request, sign)) {
            if (!process.isAlive() || System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("the server did not start; see its log");
            }
            LockSupport.parkNanos(A_LITTLE);
        }
    }

    private boolean answers(String request, String sign) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return in.lines().anyMatch(line -> line.contains(sign));
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }

    /** Where it listens. */
    public int port() {
        return port;
    }

    /** What it is to be called with. */
    public String key() {
        return key;
    }

    /** The memory it has in use, in bytes, by the kernel's count; 0 where the kernel does not tell. */
    public long residentBytes() {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        try {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
