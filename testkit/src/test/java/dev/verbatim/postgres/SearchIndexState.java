package dev.verbatim.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/** Looks at the index of a database from beside. */
public final class SearchIndexState {
    private final String url;

    public SearchIndexState(String url) {
        this.url = url;
    }

    /** Whether all that a user has is indexed. */
    public boolean isCaughtUp(UUID owner) {
        return number("SELECT count(*) FROM conversations c WHERE user_id = '" + owner + "' AND NOT EXISTS ("
                        + "SELECT FROM search_conversations s WHERE s.user_id = c.user_id AND s.id = c.id"
                        + " AND s.gen = c.gen AND s.seq = c.last_seq AND s.title IS NOT DISTINCT FROM c.title)")
                == 0;
    }

    /** The rows the index has of a user. */
    public long rows(UUID owner) {
        return number("SELECT (SELECT count(*) FROM search_messages WHERE user_id = u)"
                + " + (SELECT count(*) FROM search_conversations WHERE user_id = u)"
                + " + (SELECT count(*) FROM search_queue WHERE user_id = u) FROM (VALUES ('" + owner
                + "'::uuid)) v (u)");
    }

    /** As after an upgrade: nothing is indexed, and the log of changes says nothing of it. */
    public void lose() {
        number("WITH gone AS (DELETE FROM search_conversations), lost AS (DELETE FROM search_progress) SELECT 1");
    }

    private long number(String sql) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
