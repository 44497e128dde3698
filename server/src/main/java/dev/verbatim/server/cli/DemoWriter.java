package dev.verbatim.server.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Writes message after message into one conversation until the service is gone, and counts what was acknowledged. */
final class DemoWriter {
    private final DemoClient client;
    private final String path;
    private final Thread thread;
    private int acknowledged;
    private boolean ended;

    DemoWriter(DemoClient client, String conversation) {
        this.client = client;
        this.path = DemoClient.messages(conversation) + "?create=true";
        this.thread = Thread.ofVirtual().name("demo-writer").unstarted(this::write);
    }

    /** What message number {@code n}, from 0, says. */
    static String content(int n) {
        return "message " + (n + 1);
    }

    void start() {
        thread.start();
    }

    private void write() {
        try {
            while (true) {
                client.post(
                        path, Map.of("messages", List.of(Map.of("role", "user", "content", content(acknowledged())))));
                count();
            }
        } catch (IOException e) {
            // This is what it waits for: the service is gone.
        } finally {
            end();
        }
    }

    private synchronized void count() {
        acknowledged++;
        notifyAll();
    }

    private synchronized void end() {
        ended = true;
        notifyAll();
    }

    synchronized int acknowledged() {
        return acknowledged;
    }

    /**
     * Waits until {@code count} messages were acknowledged.
     *
     * @throws IOException when the service went away before that
     */
    synchronized void awaitAcknowledged(int count) throws IOException {
        try {
            while (acknowledged < count && !ended) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (acknowledged < count) {
            throw new IOException("the service stopped answering while messages were written");
        }
    }

    /** Waits until the service is gone for the writer too. */
    void awaitEnd() {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
