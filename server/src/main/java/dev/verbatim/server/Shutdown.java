package dev.verbatim.server;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends what was started, the last started first. What is added after the end began is ended at once. Thread-safe. */
public final class Shutdown implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private boolean begun;

    /** One that runs when the process ends, by a signal too, unless it ran before. */
    public static Shutdown atExit() {
        Shutdown shutdown = new Shutdown();
        Runtime.getRuntime().addShutdownHook(new Thread(shutdown, "shutdown"));
        return shutdown;
    }

    /**
     * Opens what is to be ended before all that was added before it. An end that begins meanwhile waits until it is
     * open: else the process would be gone before anybody could end what the opening started.
     *
     * @throws IllegalStateException when the end has begun; nothing is opened then
     */
    public synchronized <T extends AutoCloseable> T open(Supplier<T> opening) {
        if (begun) {
            throw new IllegalStateException("the process is ending");
        }
        T part = opening.get();
        parts.push(part);
        return part;
    }

    /** Whether the end has begun. */
    synchronized boolean hasBegun() {
        return begun;
    }

    /** To be ended before all that was added before it. */
    synchronized void first(AutoCloseable part) {
        if (begun) {
            end(part);
        } else {
            parts.push(part);
        }
    }

    @Override
    public synchronized void run() {
        begun = true;
        while (!parts.isEmpty()) {
            end(parts.pop());
        }
    }

    private static void end(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            LOG.warn("{} did not end well", part.getClass().getSimpleName(), e);
        }
    }
}
