package dev.verbatim.postgres;

import dev.verbatim.OutcomeUnknownException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/** Runs transactions whose limits hold for themselves only, and finds out what became of a commit that broke. */
final class Transactions {
    /** For a statement on a whole conversation: a long one takes its time, and half of it cannot be changed. */
    static final Duration LONGEST = Duration.ofMinutes(10);

    private static final String COMMIT = ";COMMIT";

    /** What one transaction does; it may be run again. */
    interface Work<T> {
        T run(Transaction transaction) throws SQLException;
    }

    private final Database database;
    private final Outcomes outcomes;
    private final Duration timeout;
    private final String held;
    private final @Nullable EffectMark mark;
    private final boolean byKey;

    Transactions(Database database, Duration timeout) {
        this(database, timeout, "the conversation is", null, false);
    }

    private Transactions(Database database, Duration timeout, String held, @Nullable EffectMark mark, boolean byKey) {
        this.database = database;
        this.outcomes = new Outcomes(database, timeout);
        this.timeout = timeout;
        this.held = held;
        this.mark = mark;
        this.byKey = byKey;
    }

    /** These, on what is no conversation: {@code other}, like "the conversation is", is what an error says to be held. */
    Transactions holding(String other) {
        return new Transactions(database, timeout, other, mark, byKey);
    }

    /** These, each of which that changes something writes {@code mark} too. */
    Transactions marking(EffectMark mark) {
        return new Transactions(database, timeout, held, mark, byKey);
    }

    /** These, whose statements all find their rows by their keys: they are planned once a connection. */
    Transactions byKey() {
        return new Transactions(database, timeout, held, mark, true);
    }

    /** How often a caller of {@link #attempt} may try. */
    Attempts attempts() {
        return database.attempts();
    }

    /** {@link #attempt}, with its errors as this library's own, and again when that may help. */
    <T> T run(Duration lockTimeout, Work<T> work) {
        return run(timeout, lockTimeout, work);
    }

    /** As above, for statements that may take {@code statementTimeout} each. */
    <T> T run(Duration statementTimeout, Duration lockTimeout, Work<T> work) {
        Attempts attempts = database.attempts();
        while (true) {
            try {
                return attempt(statementTimeout, lockTimeout, work);
            } catch (SQLException e) {
                if (!attempts.mayRetry(e)) {
                    throw SqlErrors.toHistory(e, held);
                }
            }
        }
    }

    /**
     * Runs {@code work} and commits it.
     *
     * @param statementTimeout how long each statement may take
     * @param lockTimeout how long to wait for each lock
     * @throws SQLException when nothing was stored, for sure
     * @throws OutcomeUnknownException when that could not be found out
     */
    <T> T attempt(Duration statementTimeout, Duration lockTimeout, Work<T> work) throws SQLException {
        Transaction transaction;
        T result;
        try (Connection connection = database.connection()) {
            connection.setAutoCommit(false);
            if (statementTimeout.compareTo(timeout) > 0) {
                // The pool puts its own back when the connection returns to it.
                connection.setNetworkTimeout(
                        Runnable::run, (int) statementTimeout.plus(timeout).toMillis());
            }
            transaction = new Transaction(connection, limits(statementTimeout, lockTimeout));
            try {
                result = work.run(transaction);
                if (mark != null && !transaction.isReadOnly()) {
                    mark.write(transaction);
                }
            } catch (SQLException | RuntimeException e) {
                rollBack(connection, e);
                throw e;
            }
            try {
                SQLWarning warning = transaction.commit();
                if (warning == null) {
                    return result;
                }
                transaction.broken(warning);
            } catch (SQLException e) {
                if (transaction.isRefused()) {
                    rollBack(connection, e);
                    throw e;
                }
                transaction.broken(e);
            }
        }
        outcomes.settle(transaction);
        return result;
    }

    private String limits(Duration statement, Duration lock) {
        return "SELECT set_config('statement_timeout', '" + Math.max(1, statement.toMillis())
                + "', true), set_config('lock_timeout', '" + Math.max(1, lock.toMillis())
                + "', true), set_config('idle_in_transaction_session_timeout', '" + Math.max(1, timeout.toMillis())
                + "', true)" + (byKey ? ", " + ByKey.SETTINGS : "") + ";\n";
    }

    private static void rollBack(Connection connection, Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    /** One under way. */
    static final class Transaction {
        private record Last(String sql, Database.Binder binder) {}

        private final Connection connection;
        private final String limits;
        private boolean limited;
        private boolean readOnly;
        private boolean refused;
        private @Nullable Last last;
        private Witness witness = Witness.NONE;
        private SQLException broken = new SQLException("not broken");

        Transaction(Connection connection, String limits) {
            this.connection = connection;
            this.limits = limits;
        }

        Connection connection() {
            return connection;
        }

        /**
         * Prepares a statement that gives rows, by name where that is safe. The first one of a transaction makes its
         * settings on the same way, so that they cost no round trip.
         */
        Query query(String sql) throws SQLException {
            String first = limited ? "" : limits;
            limited = true;
            return new Query(NamedStatements.prepare(connection, first + sql), first.isEmpty() ? 0 : 1);
        }

        /** Says by which row it can be known later that this transaction was committed. */
        void witness(Witness rowWritten) {
            this.witness = rowWritten;
        }

        /**
         * Says what to do at the end, in one round trip with the COMMIT.
         *
         * @param rowWritten as of {@link #witness}
         */
        void last(String sql, Database.Binder binder, Witness rowWritten) {
            last = new Last(sql, binder);
            witness = rowWritten;
        }

        /** Commits; gives what PostgreSQL warns of, or null. */
        private @Nullable SQLWarning commit() throws SQLException {
            BaseConnection driver = connection.unwrap(BaseConnection.class);
            try {
                return last == null ? commitAlone() : commitWith(last);
            } catch (SQLException e) {
                refused = driver.getTransactionState() == TransactionState.FAILED;
                throw e;
            }
        }

        private @Nullable SQLWarning commitAlone() throws SQLException {
            connection.clearWarnings();
            connection.commit();
            return connection.getWarnings();
        }

        private @Nullable SQLWarning commitWith(Last work) throws SQLException {
            try (PreparedStatement statement = NamedStatements.prepare(connection, work.sql() + COMMIT)) {
                work.binder().bind(statement);
                statement.execute();
                SQLWarning warning = statement.getWarnings();
                // Sends nothing: the pool is to know.
                connection.commit();
                return warning;
            }
        }

        /** Whether PostgreSQL refused the last statement, and so did not commit. */
        private boolean isRefused() {
            return refused;
        }

        /** Says that nothing was written, so that a broken commit is no loss. */
        void readOnly() {
            readOnly = true;
        }

        boolean isReadOnly() {
            return readOnly;
        }

        Witness witness() {
            return witness;
        }

        private void broken(SQLException e) {
            this.broken = e;
        }

        SQLException broken() {
            return broken;
        }
    }
}
