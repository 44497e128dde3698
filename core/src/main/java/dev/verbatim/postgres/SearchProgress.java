package dev.verbatim.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * How the indexer learns what there is to do: it follows the change log, and goes through all conversations once when there
 * may be more than the log says: at first, after a restore, and when nobody followed for longer than the log is kept.
 */
final class SearchProgress {
    private static final String READ = """
            SELECT p.position::text, p.database = %1$s AND p.at > now() - interval '5 minutes' AS usable,
              p.at < now() - interval '1 minute' AS old
            FROM search_progress p
            """.formatted(ChangeStatements.DATABASE);

    private static final String BEGIN = """
            INSERT INTO search_progress (position, at, database, swept_user, swept_id)
            VALUES (pg_current_snapshot(), now(), %1$s, '00000000-0000-0000-0000-000000000000',
              '00000000-0000-0000-0000-000000000000')
            ON CONFLICT (one) DO UPDATE SET position = excluded.position, at = excluded.at,
              database = excluded.database, swept_user = excluded.swept_user, swept_id = excluded.swept_id
            """.formatted(ChangeStatements.DATABASE);

    /** What the position did not see and this statement does. */
    private static final String CHANGED = """
            (SELECT user_id, id FROM change_log WHERE xid >= ?::xid8 AND kind = 'conversation'
             UNION
             SELECT user_id, id FROM change_log WHERE xid = ANY (?::xid8[]) AND kind = 'conversation')""";

    private static final String ANY_CHANGED = "SELECT EXISTS (SELECT FROM " + CHANGED + " AS l)";

    /** What is being deleted has no need to be queued, and is not waited for. */
    private static final String FOLLOW = """
            WITH queued AS (
              INSERT INTO search_queue (user_id, id)
              SELECT c.user_id, c.id FROM conversations c JOIN %s AS l ON l.user_id = c.user_id AND l.id = c.id
              FOR KEY SHARE OF c SKIP LOCKED
              ON CONFLICT DO NOTHING)
            UPDATE search_progress SET position = pg_current_snapshot(), at = now()
            """.formatted(CHANGED);

    private static final int MOST_SWEPT = 2_000;

    /** Of so many conversations those that the index is behind of. */
    private static final String SWEEP = """
            WITH part AS MATERIALIZED (
              SELECT c.user_id, c.id, c.gen, c.last_seq, c.title FROM conversations c, search_progress p
              WHERE (c.user_id, c.id) > (p.swept_user, p.swept_id) ORDER BY c.user_id, c.id LIMIT %1$d),
            last AS (SELECT user_id, id FROM part ORDER BY user_id DESC, id DESC LIMIT 1),
            queued AS (
              INSERT INTO search_queue (user_id, id)
              SELECT c.user_id, c.id FROM conversations c JOIN part ON part.user_id = c.user_id AND part.id = c.id
              WHERE NOT EXISTS (
                SELECT FROM search_conversations s WHERE s.user_id = part.user_id AND s.id = part.id
                  AND s.gen = part.gen AND s.seq = part.last_seq AND s.title IS NOT DISTINCT FROM part.title)
              FOR KEY SHARE OF c SKIP LOCKED
              ON CONFLICT DO NOTHING)
            UPDATE search_progress SET swept_user = (SELECT user_id FROM last), swept_id = (SELECT id FROM last)
            WHERE swept_user IS NOT NULL RETURNING swept_user
            """.formatted(MOST_SWEPT);

    private SearchProgress() {}

    /** Queues what changed since the last call; returns whether something did. */
    static boolean follow(Connection connection) throws SQLException {
        try (PreparedStatement read = connection.prepareStatement(READ);
                ResultSet row = read.executeQuery()) {
            if (!row.next() || !row.getBoolean("usable")) {
                execute(connection, BEGIN);
                return false;
            }
            Snapshot position = Snapshot.of(row.getString(1));
            boolean changed = anyChanged(connection, position);
            // Without news the position may stay, but its age must tell that it is looked after.
            if (changed || row.getBoolean("old")) {
                try (PreparedStatement follow = connection.prepareStatement(FOLLOW)) {
                    bind(follow, position);
                    follow.executeUpdate();
                }
            }
            return changed;
        }
    }

    private static boolean anyChanged(Connection connection, Snapshot position) throws SQLException {
        try (PreparedStatement any = connection.prepareStatement(ANY_CHANGED)) {
            bind(any, position);
            try (ResultSet row = any.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    private static void bind(PreparedStatement statement, Snapshot position) throws SQLException {
        statement.setString(1, Long.toString(position.xmax()));
        statement.setString(2, position.runningArray());
    }

    /** Queues what is behind among the next conversations of all; returns whether there may be more. */
    static boolean sweep(Connection connection) throws SQLException {
        try (PreparedStatement sweep = connection.prepareStatement(SWEEP);
                ResultSet row = sweep.executeQuery()) {
            return row.next() && row.getString(1) != null;
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.executeUpdate();
        }
    }
}
