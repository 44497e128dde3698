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

    private static final int MOST_TRIMMED = 1_000;

    /** A look for no more than these is cheap whatever the statistics say: see {@link #POLL}. */
    private static final int FEW = 1_000;

    private static final String LOOK = """
            SELECT e.epoch, e.founded, d.drained, pg_current_snapshot()::text AS seen, %2$s AS database,
              c.user_id, c.id, c.gen, c.seq, c.kind
            FROM (SELECT epoch, %3$s AS founded FROM cache_epoch LIMIT 1) e
            CROSS JOIN (SELECT position::text AS drained FROM change_log_drained LIMIT 1) d
            LEFT JOIN (
              (SELECT user_id, id, gen, seq, kind FROM change_log WHERE xid >= ?::xid8 ORDER BY xid LIMIT %1$d)
              UNION ALL
              (SELECT user_id, id, gen, seq, kind FROM change_log WHERE xid = ANY (?::xid8[]) LIMIT %1$d)
            ) c ON true
            """;

    /**
     * The rows of transactions that a snapshot did not see and this statement does: those that had not begun and those
     * that were running. A number that rises with each row would have gaps, for rows commit in another order than they
     * are numbered in.
     *
     * <p>Before the table is analysed anew the planner takes the newest rows for a third of it, and would sort them in
     * several processes. Few of them, in order, are cheapest out of the index whatever it takes them for; where there are
     * more, {@link #POLL_MANY} asks again. The tables of one row are limited to it, for the planner takes them for longer.
     */
    static final String POLL = LOOK.formatted(FEW + 1, DATABASE, Epochs.FOUNDED);

    private static final String POLL_MANY = LOOK.formatted(MOST + 1, DATABASE, Epochs.FOUNDED);

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
        Poll few = poll(connection, POLL, FEW, since);
        return few.overflow() ? poll(connection, POLL_MANY, MOST, since) : few;
    }

    private static Poll poll(Connection connection, String sql, int most, Snapshot since) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, Long.toString(since.xmax()));
            statement.setString(2, since.runningArray());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                long epoch = row.getLong("epoch");
                String database = row.getString("database");
                @Nullable String founded = row.getString("founded");
                Snapshot seen = Snapshot.of(row.getString("seen"));
                Snapshot drained = Snapshot.of(row.getString("drained"));
                List<Change> changes = new ArrayList<>();
                int rows = 0;
                do {
                    if ("conversation".equals(row.getString("kind"))) {
                        changes.add(change(row));
                    }
                    rows++;
                } while (row.next());
                return new Poll(epoch, database, founded, seen, drained, changes, rows > most);
            }
        }
    }

    private static Change change(ResultSet row) throws SQLException {
        UUID owner = row.getObject("user_id", UUID.class);
        ConversationKey key = new ConversationKey(owner, row.getObject("id", UUID.class));
        return new Change(key, row.getLong("gen"), row.getLong("seq"));
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
