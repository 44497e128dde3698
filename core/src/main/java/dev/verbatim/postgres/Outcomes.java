package dev.verbatim.postgres;

import dev.verbatim.OutcomeUnknownException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Finds out whether a transaction was committed whose COMMIT was not answered plainly. Never guesses. */
final class Outcomes {
    private static final long PAUSE_NANOS = Duration.ofMillis(20).toNanos();

    /**
     * What it writes makes its own commit wait for a synchronous standby, which then has the earlier commit too: that one
     * may be here alone when it was the wait that broke.
     */
    private static final String ASK = """
            SELECT pg_xact_status(?::xid8),
              EXISTS (SELECT FROM change_log WHERE xid = ?::xid8 AND user_id = ? AND id = ?),
              pg_logical_emit_message(true, 'verbatim', '')
            """;

    private final Database database;
    private final Duration timeout;

    Outcomes(Database database, Duration timeout) {
        this.database = database;
        this.timeout = timeout;
    }

    /**
     * Returns when the transaction was committed.
     *
     * @throws SQLException when it was rolled back
     * @throws OutcomeUnknownException when it was not found out in time
     */
    void settle(Transactions.Transaction transaction) throws SQLException {
        if (transaction.isReadOnly()) {
            throw aborted(transaction);
        }
        Witness witness = transaction.witness();
        Deadline deadline = Deadline.in(timeout);
        while (!witness.xid().isEmpty() && !deadline.passed()) {
            String status = ask(witness);
            if (status.equals("committed")) {
                return;
            }
            if (status.equals("aborted")) {
                throw aborted(transaction);
            }
            LockSupport.parkNanos(this, PAUSE_NANOS);
        }
        throw new OutcomeUnknownException(
                "the connection to PostgreSQL broke while a change was being stored, and it is not known whether it was;"
                        + " send it again with the same ids",
                transaction.broken());
    }

    private static SQLException aborted(Transactions.Transaction transaction) {
        return new SQLException("the connection broke before the commit was done", "08006", transaction.broken());
    }

    /** {@code committed} or {@code aborted} when that is sure, else anything. */
    private String ask(Witness witness) {
        try {
            return database.queryOnce(
                    ASK,
                    statement -> {
                        statement.setString(1, witness.xid());
                        statement.setString(2, witness.xid());
                        statement.setObject(3, witness.owner());
                        statement.setObject(4, witness.id());
                    },
                    Outcomes::status);
        } catch (SQLException e) {
            return "away";
        }
    }

    private static String status(ResultSet row) throws SQLException {
        if (row.getStatement().getWarnings() != null) {
            return "not confirmed by the standby";
        }
        row.next();
        @Nullable String status = row.getString(1);
        boolean written = row.getBoolean(2);
        if (status == null || (status.equals("committed") && !written)) {
            return "another transaction's";
        }
        return status;
    }
}
