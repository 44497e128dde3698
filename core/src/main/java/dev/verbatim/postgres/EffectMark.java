package dev.verbatim.postgres;

import dev.verbatim.Claim;
import dev.verbatim.EffectDoneException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Says in the transaction of a change that its request took effect. A second try, even one at the same time, waits for the
 * first one's transaction here and then changes nothing.
 */
record EffectMark(Claim claim) {
    private static final String MARK = """
            UPDATE kept_requests SET done = true
            WHERE user_id = ? AND id = decode(?, 'hex') AND seed = ? AND NOT done
            """;

    private static final String IS_MARKED =
            "SELECT done FROM kept_requests WHERE user_id = ? AND id = decode(?, 'hex') AND seed = ? AND done";

    /**
     * Marks. A request that is not remembered any more is none that could be sent again.
     *
     * @throws EffectDoneException when it is marked already
     */
    void write(Transactions.Transaction transaction) throws SQLException {
        try (PreparedStatement mark = transaction.connection().prepareStatement(MARK)) {
            bind(mark);
            if (mark.executeUpdate() > 0) {
                return;
            }
        }
        try (PreparedStatement look = transaction.connection().prepareStatement(IS_MARKED)) {
            bind(look);
            try (ResultSet row = look.executeQuery()) {
                if (row.next()) {
                    throw new EffectDoneException();
                }
            }
        }
    }

    /** Whether it is marked. */
    boolean isWritten(Database database) {
        return database.query(IS_MARKED, this::bind, ResultSet::next);
    }

    private void bind(PreparedStatement statement) throws SQLException {
        statement.setObject(1, claim.owner());
        statement.setString(2, claim.id());
        statement.setObject(3, claim.seed());
    }
}
