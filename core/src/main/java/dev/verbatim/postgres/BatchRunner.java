package dev.verbatim.postgres;

import dev.verbatim.Commit;
import dev.verbatim.HistoryException;
import dev.verbatim.OutcomeUnknownException;
import dev.verbatim.StoreListener;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings batches of appends through their transaction, and gives each append its answer. Thread-safe. */
final class BatchRunner {
    /** What a batch left for later: appends that wait for a lock, and those that each need a transaction for itself. */
    record Leftover(List<AppendRequest> locked, List<AppendRequest> suspects) {
        private Leftover and(Leftover more) {
            return new Leftover(
                    Stream.concat(locked.stream(), more.locked.stream()).toList(), more.suspects);
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(BatchRunner.class);

    /** Making a conversation may wait for somebody else who makes or deletes it; a lane waits only so long. */
    private static final Duration LANE_LOCK_TIMEOUT = Duration.ofMillis(100);

    private final Creation creation;
    private final Transactions transactions;
    private final Duration timeout;
    private final Duration lockTimeout;
    private final Function<List<Commit>, Runnable> afterCommit;
    private final Supplier<StoreListener> listener;

    BatchRunner(
            Creation creation,
            Transactions transactions,
            Duration timeout,
            Duration lockTimeout,
            Function<List<Commit>, Runnable> afterCommit,
            Supplier<StoreListener> listener) {
        this.creation = creation;
        this.transactions = transactions;
        this.timeout = timeout;
        this.lockTimeout = lockTimeout;
        this.afterCommit = afterCommit;
        this.listener = listener;
    }

    /** Runs {@code batch}; never throws. With {@code waiting} it waits for locks; without, it leaves those appends. */
    Leftover run(List<AppendRequest> batch, boolean waiting) {
        return run(batch, waiting, false);
    }

    /** With {@code making} the conversations that are not there are made first; without, that is tried at the end. */
    private Leftover run(List<AppendRequest> batch, boolean waiting, boolean making) {
        Attempts attempts = transactions.attempts();
        while (true) {
            try {
                AppendBatch done = heard(batch, waiting, making);
                Leftover leftover = new Leftover(done.skipped(), List.of());
                return done.missing().isEmpty() ? leftover : leftover.and(run(done.missing(), waiting, true));
            } catch (SQLException e) {
                if (attempts.mayRetry(e)) {
                    continue;
                }
                boolean others = batch.size() > 1 && !SqlErrors.isUnavailable(e) && !SqlErrors.isLockTimeout(e);
                if (others || (!waiting && SqlErrors.isLockTimeout(e))) {
                    return new Leftover(List.of(), batch);
                }
                return failed(batch, () -> SqlErrors.toHistory(e));
            } catch (OutcomeUnknownException e) {
                return failed(batch, () -> new OutcomeUnknownException(String.valueOf(e.getMessage()), e));
            } catch (RuntimeException e) {
                // Before the commit, or it would not be here: nothing is stored.
                LOG.error("a batch of {} appends failed", batch.size(), e);
                return batch.size() > 1
                        ? new Leftover(List.of(), batch)
                        : failed(batch, () -> new HistoryException("the append failed; nothing was stored", e));
            }
        }
    }

    private static Leftover failed(List<AppendRequest> batch, Supplier<HistoryException> reason) {
        batch.forEach(request -> request.failed(reason.get()));
        return new Leftover(List.of(), List.of());
    }

    private AppendBatch heard(List<AppendRequest> batch, boolean waiting, boolean making) throws SQLException {
        long began = System.nanoTime();
        List<AppendRequest> tried = batch;
        boolean failed = true;
        try {
            AppendBatch done = once(batch, waiting, making);
            tried = done.tried();
            failed = false;
            return done;
        } finally {
            int messages = tried.stream()
                    .mapToInt(request -> request.messages().size())
                    .sum();
            if (!tried.isEmpty()) {
                listener.get().batch(tried.size(), messages, began, failed);
            }
        }
    }

    private AppendBatch once(List<AppendRequest> batch, boolean waiting, boolean making) throws SQLException {
        Duration lock = waiting ? lockTimeout : LANE_LOCK_TIMEOUT;
        Map<AppendRequest, HistoryException> refused = making ? made(batch, lock) : Map.of();
        AppendBatch next = new AppendBatch(batch, refused, waiting, making);
        AppendBatch done = next.isEmpty() ? next : transactions.attempt(timeout, lock, next::run);
        answer(done);
        return done;
    }

    /** Makes what is missing and may be made; gives the appends that may not make theirs. */
    private Map<AppendRequest, HistoryException> made(List<AppendRequest> batch, Duration lock) throws SQLException {
        return creation.ensure(batch.stream().filter(AppendRequest::creates).toList(), lock);
    }

    private void answer(AppendBatch done) {
        Runnable after = afterCommit(done.commits());
        done.stored().forEach((request, appended) -> request.stored(new AppendRequest.Stored(appended, after)));
        done.failed().forEach(AppendRequest::failed);
    }

    /** What is stored is stored: whatever fails from here on may not look like a failed append. */
    private Runnable afterCommit(List<Commit> commits) {
        try {
            return commits.isEmpty() ? () -> {} : afterCommit.apply(commits);
        } catch (RuntimeException e) {
            LOG.warn("what follows a commit failed", e);
            return () -> {};
        }
    }
}
