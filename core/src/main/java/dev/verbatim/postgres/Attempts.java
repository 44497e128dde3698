package dev.verbatim.postgres;

import java.sql.SQLException;

/** Counts tries of one transaction. */
final class Attempts {
    private static final int MOST = 5;

    private final Deadline deadline;
    private int failed;

    Attempts(Deadline deadline) {
        this.deadline = deadline;
    }

    /** Whether to run a transaction again that failed with {@code e} and surely stored nothing. */
    boolean mayRetry(SQLException e) {
        failed++;
        return failed < MOST && !deadline.passed() && (SqlErrors.isTransient(e) || SqlErrors.isConnectionLost(e));
    }
}
