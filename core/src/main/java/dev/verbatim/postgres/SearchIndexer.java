package dev.verbatim.postgres;

import dev.verbatim.HistoryException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows what is stored and brings it into the index of words, one of all servers at a time. Each pass is one short
 * transaction, so that a killed one leaves nothing half done. It rests much longer than it works while the store is busy: what
 * is not indexed yet is found all the same.
 */
public final class SearchIndexer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SearchIndexer.class);

    private static final long IDLE_MILLIS = 1_000;
    private static final long AFTER_FAILURE_MILLIS = 5_000;

    private final Database database;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private final IndexerPace pace;
    private boolean failing;

    /** @param reads how many reads there were so far */
    SearchIndexer(Database database, LongSupplier reads) {
        this.database = database;
        this.pace = new IndexerPace(reads, System.nanoTime());
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
            long rest = pace.restMillis(began, System.nanoTime(), done.changed());
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
