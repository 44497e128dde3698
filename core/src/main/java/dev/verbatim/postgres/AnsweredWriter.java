package dev.verbatim.postgres;

import dev.verbatim.HistoryException;
import dev.verbatim.OutcomeUnknownException;
import dev.verbatim.UnavailableException;
import dev.verbatim.insight.Answered;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores query logs, many in one transaction, by a thread of its own. While PostgreSQL is away those that somebody waits for
 * fail, and the others wait as long as there is room. Thread-safe.
 */
final class AnsweredWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AnsweredWriter.class);
    private static final long PAUSE_MILLIS = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** What is written here is written once however often it is tried, so an unknown outcome is found out by trying. */
    private static final int MOST_TRIES = 3;

    private final AnsweredBatch batches;
    private final AnsweredQueue queue = new AnsweredQueue();
    private final LongAdder dropped = new LongAdder();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private boolean failing;
    private volatile boolean abandoned;

    AnsweredWriter(AnsweredBatch batches) {
        this.batches = batches;
        this.thread = Thread.ofPlatform().daemon().name("verbatim-query-logs").start(this::run);
    }

    boolean take(Answered log) {
        boolean taken = queue.offer(new AnsweredUnit(List.of(log), null));
        if (!taken) {
            dropped.increment();
        }
        return taken;
    }

    void store(List<Answered> logs) {
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        queue.put(new AnsweredUnit(logs, done));
        try {
            done.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof HistoryException failure ? failure : e;
        }
    }

    long dropped() {
        return dropped.sum();
    }

    private void run() {
        try {
            for (List<AnsweredUnit> batch = queue.take(); !batch.isEmpty(); batch = queue.take()) {
                writeOrGiveUp(batch);
                queue.done(batch);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns when nothing of it waits any more. */
    private void writeOrGiveUp(List<AnsweredUnit> batch) throws InterruptedException {
        List<AnsweredUnit> left = batch;
        while (!left.isEmpty() && !abandoned) {
            try {
                write(left);
                failing = false;
                return;
            } catch (UnavailableException | OutcomeUnknownException e) {
                left = patient(left, e);
                if (closing.await(left.isEmpty() ? 0 : PAUSE_MILLIS, TimeUnit.MILLISECONDS) && !left.isEmpty()) {
                    drop(left, e);
                    return;
                }
            } catch (RuntimeException e) {
                left = abandoned ? left : oneByOne(left, e);
            }
        }
        abandon(left);
    }

    private void write(List<AnsweredUnit> units) {
        for (int tries = 1; ; tries++) {
            try {
                batches.write(units).forEach(AnsweredWriter::tell);
                return;
            } catch (OutcomeUnknownException e) {
                if (tries == MOST_TRIES) {
                    throw e;
                }
            }
        }
    }

    private static void tell(AnsweredUnit unit, @Nullable HistoryException refusal) {
        CompletableFuture<@Nullable Void> done = unit.done();
        if (done == null) {
            return;
        }
        if (refusal == null) {
            done.complete(null);
        } else {
            done.completeExceptionally(refusal);
        }
    }

    /** Those that can wait; the others are told. */
    private List<AnsweredUnit> patient(List<AnsweredUnit> units, HistoryException why) {
        if (!failing) {
            LOG.warn("query logs wait: {}", why.getMessage());
        }
        failing = true;
        List<AnsweredUnit> patient = new ArrayList<>();
        for (AnsweredUnit unit : units) {
            if (unit.done() == null) {
                patient.add(unit);
            } else {
                tell(unit, why);
            }
        }
        return patient;
    }

    /** What PostgreSQL refuses is found by trying each alone, so that it is alone in failing. */
    private List<AnsweredUnit> oneByOne(List<AnsweredUnit> units, RuntimeException why) throws InterruptedException {
        if (units.size() > 1) {
            for (AnsweredUnit unit : units) {
                writeOrGiveUp(List.of(unit));
            }
        } else {
            AnsweredUnit refused = units.getFirst();
            // Without what PostgreSQL says of the row: that is what somebody asked.
            LOG.error("a query log cannot be stored: {}", why.getMessage());
            if (refused.done() == null) {
                dropped.increment();
            }
            tell(refused, why instanceof HistoryException e ? e : new HistoryException(String.valueOf(why), why));
        }
        return List.of();
    }

    private void drop(List<AnsweredUnit> units, HistoryException why) {
        LOG.warn("{} query logs are lost: {}", units.size(), why.getMessage());
        dropped.add(units.size());
    }

    /** Nobody is there any more who could store them. */
    private void abandon(List<AnsweredUnit> units) {
        for (AnsweredUnit unit : units) {
            dropped.add(unit.done() == null ? unit.logs().size() : 0);
            tell(unit, new UnavailableException("the service has stopped", null));
        }
    }

    /** Stores what waits, as far as it can be done soon, and ends. */
    @Override
    public void close() {
        queue.close();
        closing.countDown();
        try {
            if (!thread.join(PATIENCE)) {
                abandoned = true;
                LOG.warn("query logs are lost: they could not be stored within {} s of the stop", PATIENCE.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
