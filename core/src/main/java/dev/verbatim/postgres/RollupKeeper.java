package dev.verbatim.postgres;

import dev.verbatim.HistoryException;
import dev.verbatim.insight.ReadCounter;
import dev.verbatim.insight.Reads;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what is told of query logs and reads up to date, and the logs' tables: a thread a server. It rests longer than it
 * works. What it has not got to yet is added when somebody asks.
 */
final class RollupKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RollupKeeper.class);
    private static final long PAUSE_MILLIS = 5_000;
    private static final long LONGEST_REST_MILLIS = 2_000;
    private static final Duration BETWEEN_TIDYINGS = Duration.ofHours(1);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);

    private final Database database;
    private final QueryLogMonths months;
    private final ReadCounter counter;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    /** What was counted and could not be brought yet. */
    private @Nullable Reads pending;

    private volatile int keepDays;
    private volatile long nextTidying = System.nanoTime();
    private boolean failing;

    RollupKeeper(Database database, QueryLogMonths months, ReadCounter counter) {
        this.database = database;
        this.months = months;
        this.counter = counter;
        this.thread = Thread.ofPlatform().daemon().name("verbatim-rollups").start(this::run);
    }

    void keepDays(int days) {
        keepDays = days;
        nextTidying = System.nanoTime();
    }

    private void run() {
        try {
            long rest = 0;
            while (!closing.await(rest, TimeUnit.MILLISECONDS)) {
                rest = round();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Gives how many milliseconds to rest. */
    private long round() {
        long began = System.nanoTime();
        try {
            tidy();
            bringReads();
            boolean more = RollupPass.run(database);
            failing = false;
            long worked = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
            return more ? Math.min(LONGEST_REST_MILLIS, 2 * worked) : PAUSE_MILLIS;
        } catch (HistoryException e) {
            if (!failing) {
                LOG.warn("the roll-ups of query logs wait: {}", e.getMessage());
            }
            failing = true;
        } catch (RuntimeException e) {
            LOG.error("the roll-ups of query logs wait", e);
        }
        return PAUSE_MILLIS;
    }

    private void tidy() {
        if (System.nanoTime() - nextTidying < 0) {
            return;
        }
        nextTidying = System.nanoTime() + AFTER_FAILURE.toNanos();
        months.makeAhead(months.now());
        int days = keepDays;
        if (days > 0) {
            int dropped = months.dropBefore(months.now().minus(Duration.ofDays(days)));
            if (dropped > 0) {
                LOG.info("dropped the query logs of {} months that ended more than {} days ago", dropped, days);
            }
        }
        if (keepDays == days) {
            nextTidying = System.nanoTime() + BETWEEN_TIDYINGS.toNanos();
        }
    }

    private void bringReads() {
        counter.take().ifPresent(taken -> {
            if (pending != null) {
                taken.add(pending.hits(), pending.misses(), pending.micros().bytes());
            }
            pending = taken;
        });
        if (pending != null) {
            ReadRollups.bring(database, pending);
            pending = null;
        }
    }

    /** Brings what was counted, and ends. */
    @Override
    public void close() {
        closing.countDown();
        try {
            if (thread.join(Duration.ofSeconds(2))) {
                bringReads();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (HistoryException e) {
            LOG.debug("the last reads are not counted", e);
        }
    }
}
