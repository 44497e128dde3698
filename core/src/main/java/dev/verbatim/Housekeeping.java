package dev.verbatim;

import dev.verbatim.postgres.PostgresLog;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.ObjLongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is to be done now and then, a minute after the start and each hour: erasures that stopped on the way are finished,
 * deletions of more than a day ago forgotten, and conversations nobody used for {@code retentionDays} deleted. A thread.
 */
final class Housekeeping implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final Duration PERIOD = Duration.ofHours(1);

    private final PostgresLog log;
    private final ObjLongConsumer<ConversationKey> forget;
    private final int retentionDays;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    /**
     * Begins.
     *
     * @param forget told of each conversation that was deleted, with the generation caches learn of it by
     */
    Housekeeping(PostgresLog log, ObjLongConsumer<ConversationKey> forget, int retentionDays) {
        this.log = log;
        this.forget = forget;
        this.retentionDays = retentionDays;
        this.thread = Thread.ofVirtual().name("verbatim-housekeeping").start(this::run);
    }

    private void run() {
        boolean goesOn = waits(FIRST.toNanos());
        while (goesOn) {
            try {
                tidy();
            } catch (HistoryException e) {
                LOG.warn("housekeeping is tried again in an hour: {}", e.getMessage());
            }
            goesOn = waits(PERIOD.toNanos());
        }
    }

    private void tidy() {
        finishErasures();
        while (log.trimDeletions()) {
            // Until none is old enough.
        }
        if (retentionDays > 0) {
            // As long as a step took nothing is done, so that others have at least half of what it takes.
            long deleted = new Retention(log.expiry(), forget, retentionDays, log.expiry()::now).sweep(this::waits);
            if (deleted > 0) {
                LOG.info("retention: deleted {} conversations without activity for {} days", deleted, retentionDays);
            }
        }
    }

    /** Erases those whose erasing stopped on the way. */
    void finishErasures() {
        for (UUID user : log.unfinishedErasures()) {
            log.erase(user, forget);
            LOG.info("finished erasing user {}", user);
        }
    }

    /** Waits; returns whether to go on. */
    private boolean waits(long nanos) {
        try {
            return !closing.await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** Ends after the step under way. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(Duration.ofSeconds(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
