package dev.verbatim.server.cli;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A service of the demo's own: another process on a directory and a port that nobody else uses. For one thread. */
final class DemoService implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
    private static final long POLL_NANOS = Duration.ofMillis(20).toNanos();

    private final Path directory;
    private final int port;
    private final String key;
    private final List<ProcessHandle> orphans = new ArrayList<>();
    private @Nullable Process process;
    private boolean closed;

    DemoService(Path directory, int port, String key) {
        this.directory = directory;
        this.port = port;
        this.key = key;
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /**
     * Starts it and waits until it is ready.
     *
     * @return how long that took
     * @throws IOException when it does not become ready; says what it printed last
     */
    Duration start(DemoClient client) throws IOException {
        long begun = System.nanoTime();
        Process started = launch();
        while (!client.isReady()) {
            boolean late = System.nanoTime() - begun > START_LIMIT.toNanos();
            if (late || !started.isAlive()) {
                throw new IOException("the demo's service did not start; it printed last: " + lastLine());
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** Holds up a {@link #close} from elsewhere for a moment only, not until the service is ready. */
    private synchronized Process launch() throws IOException {
        if (closed) {
            throw new IOException("the demo was ended");
        }
        Process launched = builder().start();
        process = launched;
        return launched;
    }

    private ProcessBuilder builder() {
        ProcessBuilder builder = new ProcessBuilder(command())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(DemoService::isSetting);
        environment.put("HOST", "127.0.0.1");
        environment.put("PORT", Integer.toString(port));
        environment.put("VERBATIM_DATA_DIR", directory.resolve("data").toString());
        environment.put("VERBATIM_ADMIN_KEY", key);
        return builder;
    }

    /** What would make the demo's service something else than one that runs by itself. */
    private static boolean isSetting(String name) {
        return List.of("DATABASE_URL", "REDIS_URL", "REDIS_TTL", "SESSION_MAX_MESSAGES", "STORE_MODE", "CORS_ORIGINS")
                        .contains(name)
                || name.startsWith("OPENAI_");
    }

    /** The same JVM and the same classes as this process. */
    private static List<String> command() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(java));
        String classes = System.getProperty("java.class.path");
        if (classes.endsWith("verbatim.jar") && !classes.contains(File.pathSeparator)) {
            command.add("-XX:+AutoCreateSharedArchive");
            command.add("-XX:SharedArchiveFile=" + Path.of(classes).resolveSibling("serve.jsa"));
            command.add("-Xlog:cds*=off");
        }
        command.addAll(List.of("-cp", classes, "dev.verbatim.server.Main", "serve"));
        return command;
    }

    private Path log() {
        return directory.resolve("service.log");
    }

    private String lastLine() {
        try {
            List<String> lines = Files.readAllLines(log());
            return lines.isEmpty() ? "nothing" : lines.getLast();
        } catch (IOException e) {
            return "nothing that can be read";
        }
    }

    /** Ends it as the kernel would: at once, with no chance to tidy up, its PostgreSQL and Redis left without it. */
    synchronized void killHard() {
        Process running = process;
        if (running != null) {
            running.descendants().forEach(orphans::add);
            await(running.toHandle().destroyForcibly(), running.toHandle());
        }
    }

    /** Ends it in order, and whatever a hard kill left that no later start has ended. */
    @Override
    public synchronized void close() {
        closed = true;
        Process running = process;
        if (running != null) {
            running.descendants().forEach(orphans::add);
            end(running.toHandle());
        }
        orphans.forEach(DemoService::end);
    }

    private static void end(ProcessHandle handle) {
        if (!handle.isAlive() || !await(handle.destroy(), handle)) {
            handle.destroyForcibly();
        }
    }

    private static boolean await(boolean asked, ProcessHandle handle) {
        try {
            handle.onExit().get(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
            return asked;
        } catch (TimeoutException | java.util.concurrent.ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
