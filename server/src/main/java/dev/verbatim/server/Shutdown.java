package dev.verbatim.server;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends what was started, the last started first. What is added after the end began is ended at once. Thread-safe. */
final class Shutdown implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private boolean begun;

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
