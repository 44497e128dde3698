package dev.verbatim.postgres;

import dev.verbatim.Times;
import dev.verbatim.insight.Fact;
import dev.verbatim.insight.Recommendation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is counted of query logs, as rows of the logs or of the news. */
final class FactRows {
    static final String COLUMNS = "user_id, created_at, id, response_time_ms, tokens_used, refinement_count,"
            + " contexts_retrieved, retrieval_quality, conversation_hash, recommendation, dept_id, model";

    /** The same, with the time in microseconds. */
    static final String READ =
            COLUMNS.replace("created_at", "(extract(epoch FROM created_at) * 1000000)::bigint AS created_us");

    private static final int ROWS_AT_ONCE = 5_000;

    private FactRows() {}

    static Fact fact(ResultSet row) throws SQLException {
        String recommendation = row.getString("recommendation");
        return new Fact(
                row.getObject("user_id", UUID.class),
                Columns.time(row.getLong("created_us")),
                row.getInt("response_time_ms"),
                row.getObject("tokens_used", Integer.class),
                row.getObject("refinement_count", Integer.class),
                row.getObject("contexts_retrieved", Integer.class),
                row.getObject("retrieval_quality", Double.class),
                row.getObject("conversation_hash", Long.class),
                recommendation == null ? null : Recommendation.valueOf(recommendation),
                row.getString("dept_id"),
                row.getString("model"));
    }

    /** All of {@code table} between two times, of a user when one is given; within a transaction they come bit by bit. */
    static void between(
            Connection connection, String table, Instant from, Instant to, @Nullable UUID user, Consumer<Fact> each)
            throws SQLException {
        String sql = "SELECT " + READ + " FROM " + table
                + " WHERE created_at >= ?::timestamptz AND created_at < ?::timestamptz"
                + (user == null ? "" : " AND user_id = ?");
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(ROWS_AT_ONCE);
            statement.setString(1, Times.format(from));
            statement.setString(2, Times.format(to));
            if (user != null) {
                statement.setObject(3, user);
            }
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    each.accept(fact(row));
                }
            }
        }
    }
}
