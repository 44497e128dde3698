package dev.verbatim.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One server's process: brought up until it serves, again and again if need be, and closed for good once. */
final class ServerProcess {
    private static final Logger LOG = LoggerFactory.getLogger(ServerProcess.class);
    private static final Duration KILL_LIMIT = Duration.ofSeconds(5);

    private final Server server;
    private final Path dataDirectory;
    private final EmbeddedConfig config;
    private final CountDownLatch closing = new CountDownLatch(1);
    private @Nullable Process process;

    ServerProcess(Server server, Path dataDirectory, EmbeddedConfig config) {
        this.server = server;
        this.dataDirectory = dataDirectory;
        this.config = config;
    }

    /** The process started last, if any; it may have ended. */
    synchronized @Nullable Process current() {
        return process;
    }

    /** Starts the server and waits until it serves; a process that does not get there is stopped. */
    void bringUp() throws IOException, PortTakenException {
        Process launched = launch();
        try {
            awaitReady(launched);
        } catch (PortTakenException | RuntimeException e) {
            stop(launched);
            throw e;
        }
    }

    /** Under the same lock as {@link #current}, so that {@link #close} misses no process. */
    private synchronized Process launch() throws IOException {
        if (isClosing()) {
            throw new EmbeddedException(server.name() + " was stopped before it started");
        }
        Process launched = server.launch();
        process = launched;
        return launched;
    }

    private void awaitReady(Process launched) throws PortTakenException {
        long began = System.nanoTime();
        boolean inTime = Await.until(config.startLimit(), () -> isClosing() || !launched.isAlive() || server.isReady());
        if (isClosing()) {
            throw new EmbeddedException(server.name() + " was stopped while it started");
        }
        if (!launched.isAlive()) {
            throw failure();
        }
        if (!inTime) {
            throw new EmbeddedException(server.name() + " was not ready after "
                    + config.startLimit().toSeconds() + " s ("
                    + LogFile.telling(server.log().news()) + "): see "
                    + server.log().path() + " or allow more time");
        }
        LOG.info(
                "{} is ready on 127.0.0.1:{} after {} ms (pid {})",
                server.name(),
                server.ports().current(),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began),
                launched.pid());
    }

    private EmbeddedException failure() throws PortTakenException {
        String news = server.log().news();
        if (news.contains("Address already in use")) {
            throw new PortTakenException(server.ports().current());
        }
        if (EmbeddedException.isDiskFull(news)) {
            return EmbeddedException.diskFull(dataDirectory, null);
        }
        return new EmbeddedException(server.name() + " ended while it started: " + LogFile.telling(news) + "; see "
                + server.log().path());
    }

    boolean isClosing() {
        return closing.getCount() == 0;
    }

    /** Waits, and returns whether {@link #close} was called meanwhile. */
    boolean closedWithin(Duration duration) {
        try {
            return closing.await(duration.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            return isClosing();
        }
    }

    /** Stops the server in order, by force when that takes too long; none is started after this. */
    void close() {
        closing.countDown();
        Process last = current();
        if (last != null) {
            stop(last);
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
    static final class PortTakenException extends Exception {
        private static final long serialVersionUID = 1L;

        PortTakenException(int port) {
            super("port " + port + " is taken by another program");
        }
    }
}
