package dev.verbatim.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps one server running, on a daemon thread of its own, from {@link #start} to {@link #close}. */
final class Supervisor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
    private static final int PORT_TRIES = 5;
    private static final Duration ROUND = Duration.ofSeconds(1);
    private static final Duration KILL_LIMIT = Duration.ofSeconds(5);

    private final Server server;
    private final Path dataDirectory;
    private final EmbeddedConfig config;
    private final Thread thread;
    private final Backoff backoff = new Backoff();
    private final CompletableFuture<Boolean> ready = new CompletableFuture<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private @Nullable Process process;

    Supervisor(Server server, Path dataDirectory, EmbeddedConfig config) {
        this.server = server;
        this.dataDirectory = dataDirectory;
        this.config = config;
        this.thread = new Thread(this::run, "verbatim-" + server.name());
        thread.setDaemon(true);
    }

    void start() {
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

    synchronized long pid() {
        return process == null ? -1 : process.pid();
    }

    private void run() {
        try {
            server.prepare();
            server.ports().choose();
            firstStart();
            ready.complete(true);
        } catch (IOException e) {
            ready.completeExceptionally(EmbeddedException.of(dataDirectory, e));
            return;
        } catch (RuntimeException | Error e) {
            ready.completeExceptionally(e);
            return;
        }
        while (!isClosing()) {
            watch();
        }
    }

    private void firstStart() throws IOException {
        for (int tries = 1; ; tries++) {
            try {
                bringUp();
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
        Process current = current();
        if (current != null && !Tools.ended(current, ROUND)) {
            server.log().rotateIfLarge();
            return;
        }
        if (isClosing() || current == null) {
            return;
        }
        LOG.warn(
                "{} (pid {}) ended with code {}; starting it again", server.name(), current.pid(), current.exitValue());
        startAgain();
    }

    private void startAgain() {
        while (!waitedForClosing(backoff.next())) {
            try {
                bringUp();
                return;
            } catch (IOException | RuntimeException e) {
                if (!isClosing()) {
                    LOG.error("{} does not start again: {}", server.name(), e.getMessage());
                }
            }
        }
    }

    private void bringUp() throws IOException {
        Process launched = launch();
        long began = System.nanoTime();
        boolean inTime = Await.until(config.startLimit(), () -> isClosing() || !launched.isAlive() || server.isReady());
        if (isClosing()) {
            throw new EmbeddedException(server.name() + " was stopped while it started");
        }
        if (!launched.isAlive()) {
            throw failure();
        }
        if (!inTime) {
            stop(launched);
            throw new EmbeddedException(server.name() + " was not ready after "
                    + config.startLimit().toSeconds() + " s ("
                    + LogFile.telling(server.log().news())
                    + "): see " + server.log().path() + " or allow more time");
        }
        LOG.info(
                "{} is ready on 127.0.0.1:{} after {} ms (pid {})",
                server.name(),
                server.ports().current(),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began),
                launched.pid());
    }

    private synchronized Process launch() throws IOException {
        if (isClosing()) {
            throw new EmbeddedException(server.name() + " was stopped before it started");
        }
        Process launched = server.launch();
        process = launched;
        return launched;
    }

    private RuntimeException failure() {
        String news = server.log().news();
        if (news.contains("Address already in use")) {
            return new PortTakenException(server.ports().current());
        }
        if (EmbeddedException.isDiskFull(news)) {
            return EmbeddedException.diskFull(dataDirectory, null);
        }
        return new EmbeddedException(server.name() + " ended while it started: " + LogFile.telling(news) + "; see "
                + server.log().path());
    }

    private synchronized @Nullable Process current() {
        return process;
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private boolean waitedForClosing(Duration duration) {
        try {
            return closing.await(duration.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            return isClosing();
        }
    }

    /** Stops the server in order, by force when that takes too long, and ends the supervision. */
    @Override
    public void close() {
        closing.countDown();
        Process last = current();
        if (last != null) {
            stop(last);
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void stop(Process running) {
        if (!running.isAlive()) {
            return;
        }
        server.askToStop(running);
        if (!Tools.ended(running, config.stopLimit())) {
            // To PostgreSQL: stop at once, as after a crash; nothing acknowledged is lost.
            Launch.signal("QUIT", running.toHandle());
            if (!Tools.ended(running, KILL_LIMIT)) {
                running.destroyForcibly();
            }
        }
    }

    /** Another program took the port between the choice and the start. */
    private static final class PortTakenException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        PortTakenException(int port) {
            super("port " + port + " is taken by another program");
        }
    }
}
