package dev.verbatim.postgres;

import java.sql.SQLException;

/** Counts tries of one query or transaction. */
final class Attempts {
    private static final int MOST_TRANSIENT = 5;

    private final Deadline deadline;
    private final int mostLost;
    private int failed;
    private int lost;

    /**
     * Before the first.
     *
     * @param mostLost how many connections may turn out to be dead, as all of a pool are after a restart of the server
     */
    Attempts(Deadline deadline, int mostLost) {
        this.deadline = deadline;
        this.mostLost = mostLost;
    }

    /** Whether to try again what failed with {@code e} and surely stored nothing. */
    boolean mayRetry(SQLException e) {
        if (deadline.passed()) {
            return false;
        }
        return SqlErrors.isConnectionLost(e)
                ? ++lost <= mostLost
                : SqlErrors.isTransient(e) && ++failed < MOST_TRANSIENT;
    }
}
