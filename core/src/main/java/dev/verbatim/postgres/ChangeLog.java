package dev.verbatim.postgres;

import dev.verbatim.Change;
import dev.verbatim.HistoryConfig;
import dev.verbatim.UnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What changed in PostgreSQL, for those who keep copies, and the epoch that says which copies count. Has a connection of
 * its own, so that no crowd at the pool holds it up, and waits at most {@code PATIENCE} for an answer. A method that
 * failed may be called again. Not thread-safe: it is one thread's.
 */
public final class ChangeLog implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** What a transaction here may hold others up for, should this process stop in the middle of it. */
    private static final String LIMITS =
            "SET LOCAL idle_in_transaction_session_timeout = '2s'; SET LOCAL lock_timeout = '1s'";

    private final Connector connector;
    private @Nullable Connection connection;

    /** Below this transaction nothing is left to be trimmed. */
    private long trimmedTo;

    /** Connects at the first call. */
    public ChangeLog(HistoryConfig config) {
        connector = new Connector(DatabaseUrl.parse(config.databaseUrl()), config);
    }

    private interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    /**
     * Looks for changes.
     *
     * @param since the last poll's {@link Poll#seen}; null to begin with what Redis may not know
     * @throws UnavailableException when PostgreSQL does not answer
     */
    public Poll poll(@Nullable Snapshot since) {
        return run(there -> {
            Poll poll = ChangeStatements.poll(there, since == null ? ChangeStatements.drained(there) : since);
            connector.check(poll.database());
            return poll;
        });
    }

    /** Makes the epoch one of this database, and returns it. */
    public long found(String database) {
        // Another cluster may be at lower numbers.
        trimmedTo = 0;
        return run(there -> Epochs.found(there, database));
    }

    /** Replaces the epoch that was {@code seen}, unless it is another one already; returns the one there is now. */
    public long replace(long seen) {
        return run(there -> Epochs.replace(there, seen));
    }

    /**
     * Makes the epoch one of these Redis processes, and returns it.
     *
     * @param processes all primaries of now, by node
     * @param known those that the caller knew to be registered; empty when it knew none
     * @return empty, with nothing done, when others than {@code known} have been registered since
     */
    public OptionalLong register(Map<String, String> processes, Map<String, String> known) {
        return run(there -> Epochs.register(there, processes, known));
    }

    /** Replaces the epoch: from now on nothing that is in Redis counts. Returns the new one. */
    public long raise() {
        return run(Epochs::raise);
    }

    /**
     * Brings what changed to Redis, if no other server is doing so. Too much of it is not brought: the epoch is replaced.
     * Nothing is brought when the epoch is another one by now: the caller's Redis may not be the one that counts.
     *
     * @param epoch the one the caller knows
     * @param always move the position even when nothing changed
     * @param bring whether Redis has confirmed all of these
     * @return whether the position was moved
     */
    public boolean drain(long epoch, boolean always, Predicate<List<Change>> bring) {
        return run(there -> {
            there.setAutoCommit(false);
            boolean moved = drain(there, epoch, always, bring);
            if (moved) {
                there.commit();
            } else {
                there.rollback();
            }
            there.setAutoCommit(true);
            return moved;
        });
    }

    private static boolean drain(Connection there, long epoch, boolean always, Predicate<List<Change>> bring)
            throws SQLException {
        try (Statement limits = there.createStatement()) {
            limits.execute(LIMITS);
        }
        if (!ChangeStatements.lockDraining(there)) {
            return false;
        }
        Poll missed = ChangeStatements.poll(there, ChangeStatements.drained(there));
        if (missed.epoch() != epoch) {
            return false;
        }
        if (missed.overflow()) {
            Epochs.replace(there);
        } else if (missed.changes().isEmpty() ? !always : !bring.test(missed.changes())) {
            return false;
        }
        ChangeStatements.drained(there, missed.seen());
        return true;
    }

    /** Deletes old rows that nobody needs any more, a thousand at a time; returns whether there may be more. */
    public boolean trim() {
        ChangeStatements.Trimmed trimmed = run(there -> ChangeStatements.trim(there, trimmedTo));
        trimmedTo = trimmed.next();
        return trimmed.more();
    }

    /** A connection on which something failed is closed, and with it the transaction, if one was under way. */
    private <T> T run(Work<T> work) {
        try {
            return work.run(connected());
        } catch (SQLException e) {
            close();
            throw SqlErrors.toHistory(e, "the change log is");
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private Connection connected() throws SQLException {
        Connection there = connection;
        if (there == null) {
            there = connector.connect();
            there.setNetworkTimeout(Runnable::run, (int) PATIENCE.toMillis());
            connection = there;
        }
        return there;
    }

    /** Closes the connection; the next call opens another. */
    @Override
    public void close() {
        Connection there = connection;
        connection = null;
        if (there != null) {
            try {
                there.close();
            } catch (SQLException e) {
                // It is gone, then.
            }
        }
    }
}
