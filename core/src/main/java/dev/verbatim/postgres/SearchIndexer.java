package dev.verbatim.postgres;

import dev.verbatim.HistoryException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows what is stored and brings it into the index of words, one of all servers at a time. Each pass is one short
 * transaction, so that a killed one leaves nothing half done. It rests much longer than it works while something is being
 * written: writers come first, and what is not indexed yet is found all the same.
 */
public final class SearchIndexer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SearchIndexer.class);

    private static final long IDLE_MILLIS = 1_000;
    private static final long AFTER_FAILURE_MILLIS = 5_000;

    /** So many times as long as a pass took is the rest after it: while others write, and while nobody does. */
    private static final int REST_WHILE_WRITING = 9;

    private static final int REST_WHILE_QUIET = 1;

    /** A pass that took long was mostly waiting itself. */
    private static final long LONGEST_REST_MILLIS = 5_000;

    /** Whoever wrote a moment ago will write again. */
    private static final long QUIET_NANOS = Duration.ofSeconds(3).toNanos();

    private final Database database;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private long lastWritten = System.nanoTime();
    private boolean failing;

    SearchIndexer(Database database) {
        this.database = database;
        this.thread = Thread.ofPlatform().name("verbatim-search-index").daemon().start(this::run);
    }

    private void run() {
        try {
            long rest = 0;
            while (!closed.await(rest, TimeUnit.MILLISECONDS)) {
                rest = pass();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Gives how many milliseconds to rest. */
    private long pass() {
        long began = System.nanoTime();
        try {
            SearchPass.Done done = SearchPass.run(database);
            failing = false;
            long now = System.nanoTime();
            lastWritten = done.changed() ? now : lastWritten;
            int times = now - lastWritten < QUIET_NANOS ? REST_WHILE_WRITING : REST_WHILE_QUIET;
            long rest = Math.min(LONGEST_REST_MILLIS, TimeUnit.NANOSECONDS.toMillis((now - began) * times));
            return done.more() ? rest : Math.max(rest, IDLE_MILLIS);
        } catch (HistoryException e) {
            if (!failing) {
                LOG.warn("the search index waits: {}", e.getMessage());
            }
            failing = true;
            return AFTER_FAILURE_MILLIS;
        } catch (RuntimeException e) {
            LOG.error("the search index waits", e);
            return AFTER_FAILURE_MILLIS;
        }
    }

    /** Ends it; a pass under way is finished first, if that is soon. */
    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join(Duration.ofSeconds(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
