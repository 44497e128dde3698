package dev.verbatim.postgres;

import dev.verbatim.Change;
import dev.verbatim.ConversationKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The statements on the change log. */
final class ChangeStatements {
    /** More than so many changes at once are not brought one by one. */
    static final int MOST = 100_000;

    /** Which database this is: system identifier and timeline. Not to be asked of a standby. */
    static final String DATABASE = "(SELECT system_identifier FROM pg_control_system()) || '/'"
            + " || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8)";

    private static final int MOST_TRIMMED = 5_000;

    /**
     * The rows of transactions that a snapshot did not see and this statement does: those that had not begun and those
     * that were running. A number that rises with each row would have gaps, for rows commit in another order than they
     * are numbered in.
     */
    static final String POLL = """
            SELECT cache_epoch.epoch, %2$s AS founded, d.position::text AS drained, pg_current_snapshot()::text AS seen,
              %3$s AS database,
              c.user_id, c.id, c.gen, c.seq
            FROM cache_epoch CROSS JOIN change_log_drained d LEFT JOIN (
              (SELECT user_id, id, gen, seq FROM change_log WHERE xid >= ?::xid8 AND kind = 'conversation'
                ORDER BY xid LIMIT %1$d)
              UNION ALL
              (SELECT user_id, id, gen, seq FROM change_log WHERE xid = ANY (?::xid8[]) AND kind = 'conversation'
                LIMIT %1$d)
            ) c ON true
            """.formatted(MOST + 1, Epochs.FOUNDED, DATABASE);

    /**
     * Looks at the oldest rows only, from where the last look ended: behind it lie the rows it deleted, which are still
     * there to be stepped over as long as an old snapshot may see them.
     */
    private static final String TRIM = """
            WITH oldest AS (
              SELECT c.ctid AS place, c.xid::text::bigint AS xid, c.at < now() - interval '10 minutes' AS old
              FROM change_log c
              WHERE c.xid >= ?::xid8 AND c.xid < (SELECT pg_snapshot_xmin(position) FROM change_log_drained)
              ORDER BY c.xid LIMIT %d),
            gone AS (
              DELETE FROM change_log
              WHERE ctid = ANY (ARRAY(SELECT place FROM oldest WHERE old)) RETURNING 1)
            SELECT (SELECT count(*) FROM gone) AS gone, coalesce(min(xid) FILTER (WHERE NOT old), max(xid)) AS next
            FROM oldest
            """.formatted(MOST_TRIMMED);

    private ChangeStatements() {}

    /** Looks for what {@code since} did not see. */
    static Poll poll(Connection connection, Snapshot since) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(POLL)) {
            statement.setString(1, Long.toString(since.xmax()));
            statement.setString(2, since.runningArray());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                long epoch = row.getLong("epoch");
                String database = row.getString("database");
                @Nullable String founded = row.getString("founded");
                Snapshot seen = Snapshot.of(row.getString("seen"));
                Snapshot drained = Snapshot.of(row.getString("drained"));
                List<Change> changes = changes(row);
                return new Poll(epoch, database, founded, seen, drained, changes, changes.size() > MOST);
            }
        }
    }

    private static List<Change> changes(ResultSet row) throws SQLException {
        List<Change> changes = new ArrayList<>();
        if (row.getObject("id") != null) {
            do {
                UUID owner = row.getObject("user_id", UUID.class);
                ConversationKey key = new ConversationKey(owner, row.getObject("id", UUID.class));
                changes.add(new Change(key, row.getLong("gen"), row.getLong("seq")));
            } while (row.next());
        }
        return changes;
    }

    /** How far Redis is known to have been told. */
    static Snapshot drained(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                        connection.prepareStatement("SELECT position::text FROM change_log_drained");
                ResultSet row = statement.executeQuery()) {
            row.next();
            return Snapshot.of(row.getString(1));
        }
    }

    /** Says that Redis knows what {@code seen} sees. */
    static void drained(Connection connection, Snapshot seen) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("UPDATE change_log_drained SET position = ?::pg_snapshot")) {
            statement.setString(1, seen.text());
            statement.executeUpdate();
        }
    }

    /** Takes this transaction's right to drain, if nobody has it. */
    static boolean lockDraining(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                        "SELECT pg_try_advisory_xact_lock(hashtext('verbatim change_log_drained'))");
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getBoolean(1);
        }
    }

    /**
     * Deletes rows that every server and Redis saw long ago.
     *
     * @param from no row of an earlier transaction is left to be deleted
     */
    static Trimmed trim(Connection connection, long from) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TRIM)) {
            statement.setString(1, Long.toString(from));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                long next = row.getLong("next");
                return new Trimmed(row.wasNull() ? from : next, row.getInt("gone") == MOST_TRIMMED);
            }
        }
    }

    /**
     * How far it was trimmed.
     *
     * @param next where the next look begins
     * @param more whether there may be more to be deleted
     */
    record Trimmed(long next, boolean more) {}
}
