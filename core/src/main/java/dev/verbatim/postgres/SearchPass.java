package dev.verbatim.postgres;

import dev.verbatim.ConversationKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** One transaction of the indexer: learns what changed, and indexes some of it. */
final class SearchPass {
    private static final String LIMITS = "SET LOCAL statement_timeout = '30s'; SET LOCAL lock_timeout = '1s';"
            + " SET LOCAL idle_in_transaction_session_timeout = '10s'";

    private static final String LOCK = "SELECT pg_try_advisory_xact_lock(hashtext('verbatim search_progress'))";

    /** Messages of one pass, so that it is short. */
    private static final int MOST_MESSAGES = 500;

    private static final long MOST_CHARACTERS = 1 << 20;

    /**
     * What a pass did.
     *
     * @param changed whether something was written since the last one
     * @param more whether there is more to be indexed
     */
    record Done(boolean changed, boolean more) {}

    private final Connection connection;
    private final SearchWriter writer;

    private SearchPass(Connection connection) {
        this.connection = connection;
        this.writer = new SearchWriter(connection, MOST_MESSAGES, MOST_CHARACTERS);
    }

    /**
     * Runs one pass, if no other server is at it.
     *
     * @throws dev.verbatim.HistoryException when PostgreSQL did not do it; then nothing of it was done
     */
    static Done run(Database database) {
        try (Connection connection = database.connection()) {
            connection.setAutoCommit(false);
            try {
                Done done = new SearchPass(connection).run();
                connection.commit();
                return done;
            } catch (SQLException | RuntimeException e) {
                rollBack(connection, e);
                throw e;
            }
        } catch (SQLException e) {
            throw SqlErrors.toHistory(e, "the search index is");
        }
    }

    private static void rollBack(Connection connection, Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private Done run() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(LIMITS);
            try (ResultSet row = statement.executeQuery(LOCK)) {
                row.next();
                if (!row.getBoolean(1)) {
                    return new Done(false, false);
                }
            }
        }
        boolean changed = SearchProgress.follow(connection);
        List<ConversationKey> queue = queue();
        if (queue.isEmpty()) {
            return new Done(changed, SearchProgress.sweep(connection));
        }
        writer.index(queue);
        return new Done(changed, true);
    }

    private List<ConversationKey> queue() throws SQLException {
        try (PreparedStatement statement =
                        connection.prepareStatement("SELECT user_id, id FROM search_queue LIMIT " + MOST_MESSAGES);
                ResultSet row = statement.executeQuery()) {
            List<ConversationKey> keys = new ArrayList<>();
            while (row.next()) {
                keys.add(AppendStatements.key(row, "id"));
            }
            return keys;
        }
    }
}
