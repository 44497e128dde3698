package dev.verbatim.embedded;

import dev.verbatim.embedded.ServerProcess.PortTakenException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps one server running, on a daemon thread of its own, from {@link #start} to {@link #close}. */
final class Supervisor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
    private static final int PORT_TRIES = 5;
    private static final Duration ROUND = Duration.ofSeconds(1);

    private final Server server;
    private final Path dataDirectory;
    private final ServerProcess child;
    private final Backoff backoff = new Backoff();
    private final CompletableFuture<Boolean> ready = new CompletableFuture<>();
    private final CompletableFuture<Boolean> ended = new CompletableFuture<>();

    Supervisor(Server server, Path dataDirectory, EmbeddedConfig config) {
        this.server = server;
        this.dataDirectory = dataDirectory;
        this.child = new ServerProcess(server, dataDirectory, config);
    }

    void start() {
        Thread thread = new Thread(this::run, "verbatim-" + server.name());
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits until the server was ready for the first time. */
    void awaitReady() {
        try {
            ready.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof EmbeddedException known
                    ? known
                    : new EmbeddedException(
                            server.name() + " could not be started: " + e.getCause() + "; see "
                                    + server.log().path(),
                            e);
        }
    }

    long pid() {
        Process current = child.current();
        return current == null ? -1 : current.pid();
    }

    private void run() {
        try {
            firstStart();
            ready.complete(true);
            while (!child.isClosing()) {
                watch();
            }
        } catch (IOException e) {
            ready.completeExceptionally(EmbeddedException.of(dataDirectory, e));
        } catch (RuntimeException | Error e) {
            ready.completeExceptionally(e);
        } finally {
            ended.complete(true);
        }
    }

    private void firstStart() throws IOException {
        server.prepare();
        server.ports().choose();
        for (int tries = 1; ; tries++) {
            try {
                child.bringUp();
                return;
            } catch (PortTakenException e) {
                if (tries == PORT_TRIES) {
                    throw new EmbeddedException(
                            server.name() + " found its port taken " + tries + " times: start again", e);
                }
                server.ports().chooseAnother();
            }
        }
    }

    private void watch() {
        Process current = child.current();
        if (current == null || !Tools.ended(current, ROUND)) {
            server.log().rotateIfLarge();
        } else if (!child.isClosing()) {
            LOG.warn(
                    "{} (pid {}) ended with code {}; starting it again",
                    server.name(),
                    current.pid(),
                    current.exitValue());
            startAgain();
        }
    }

    /** On the same port always: clients know it. */
    private void startAgain() {
        while (!child.closedWithin(backoff.next())) {
            try {
                child.bringUp();
                return;
            } catch (IOException | PortTakenException | RuntimeException e) {
                if (!child.isClosing()) {
                    LOG.error("{} does not start again, trying on: {}", server.name(), e.getMessage());
                }
            }
        }
    }

    /** Stops the server in order, by force when that takes too long, and ends the supervision. */
    @Override
    public void close() {
        child.close();
        // Not interruptible: the directory must not be given up while the thread may still write there.
        ended.join();
    }
}
