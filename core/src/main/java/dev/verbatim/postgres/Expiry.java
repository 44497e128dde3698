package dev.verbatim.postgres;

import dev.verbatim.Change;
import dev.verbatim.ConversationKey;
import dev.verbatim.HistoryConfig;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Finds and deletes conversations without activity since a given time. They are looked for user by user, on the index that
 * lists are made with: an index by time over all users would cost every append something. Thread-safe.
 */
public final class Expiry {
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    /** A step locks few rows, and not for long. */
    private static final int CONVERSATIONS_A_STEP = 20;

    private static final long MESSAGES_A_STEP = 2_000;

    private static final String NOW = "SELECT (extract(epoch FROM now()) * 1000000)::bigint";

    private static final String LOOK = """
            SELECT p.id, p.namespace, p.name, p.email, i.conversations, i.messages, i.oldest_us
            FROM (SELECT id, namespace, name, email FROM users WHERE id > ? AND erased_at IS NULL ORDER BY id LIMIT 1000) p
            CROSS JOIN LATERAL (
              SELECT count(*) AS conversations, coalesce(sum(c.last_seq), 0) AS messages,
                (extract(epoch FROM min(c.updated_at)) * 1000000)::bigint AS oldest_us
              FROM conversations c
              WHERE c.user_id = p.id AND c.active_minute <= ? AND c.active_minute > '-infinity' AND c.updated_at < ?) i
            ORDER BY p.id
            """;

    private static final String MY_TURN = "SELECT pg_try_advisory_xact_lock(hashtext('verbatim retention'))";

    /**
     * One that somebody writes to is in use; one that is only referred to, as the search's indexer does, is not, and the
     * deletion waits for that. The condition is looked at again once the row is held.
     */
    private static final String HOLD = """
            SELECT id, last_seq FROM conversations
            WHERE user_id = ? AND active_minute <= ? AND active_minute > '-infinity' AND updated_at < ?
            ORDER BY active_minute LIMIT %d FOR NO KEY UPDATE SKIP LOCKED
            """.formatted(CONVERSATIONS_A_STEP);

    /** A generation is taken once its row is deleted, as in {@link Deletion}. */
    private static final String DELETE = """
            WITH emptied AS (
              UPDATE query_logs q SET query = '', conversation_id = NULL FROM conversations c
              WHERE c.user_id = ? AND c.id = ANY (?::uuid[]) AND q.user_id = c.user_id AND q.conversation_id = c.external_id),
            gone AS (
              DELETE FROM conversations WHERE user_id = ? AND id = ANY (?::uuid[]) RETURNING user_id, id),
            remembered AS (
              INSERT INTO deleted_conversations (user_id, id) SELECT user_id, id FROM gone
              ON CONFLICT (user_id, id) DO UPDATE SET deleted_at = now())
            INSERT INTO change_log (user_id, id, gen, kind)
            SELECT user_id, id, nextval('generations'), 'conversation' FROM gone RETURNING xid::text, user_id, id, gen
            """;

    private final Database database;
    private final Transactions transactions;
    private final Duration lockTimeout;

    Expiry(Database database, Transactions transactions, Duration lockTimeout) {
        this.database = database;
        this.transactions = transactions;
        this.lockTimeout = lockTimeout;
    }

    /**
     * Tells of each user what had no activity for {@code days}, by PostgreSQL's clock; changes nothing.
     *
     * @return the time since when
     * @throws dev.verbatim.UnavailableException when PostgreSQL does not answer
     */
    public static Instant preview(HistoryConfig config, int days, Consumer<IdleUser> each) {
        Connector connector = new Connector(DatabaseUrl.parse(config.databaseUrl()), config);
        try (Database database = new Database(connector, config)) {
            Expiry expiry =
                    new Expiry(database, new Transactions(database, config.databaseTimeout()), config.lockTimeout());
            Instant before = expiry.now().minus(days, ChronoUnit.DAYS);
            List<IdleUser> users = expiry.look(BEFORE_ALL, before);
            while (!users.isEmpty()) {
                users.forEach(each);
                users = expiry.look(users.getLast().id(), before);
            }
            return before;
        }
    }

    /** PostgreSQL's time, which activity is measured by: no server whose clock is wrong may delete by it. */
    public Instant now() {
        return database.query(NOW, statement -> {}, row -> {
            row.next();
            return Columns.time(row.getLong(1));
        });
    }

    /** Some users, those with a key above {@code after} in its order, with what had no activity since {@code before}. */
    public List<IdleUser> look(UUID after, Instant before) {
        return database.query(
                LOOK,
                statement -> {
                    statement.setObject(1, after);
                    bindTime(statement, 2, before);
                },
                rows -> {
                    List<IdleUser> users = new ArrayList<>();
                    while (rows.next()) {
                        users.add(user(rows));
                    }
                    return users;
                });
    }

    private static IdleUser user(ResultSet row) throws SQLException {
        long oldest = row.getLong("oldest_us");
        Instant when = row.wasNull() ? null : Columns.time(oldest);
        return new IdleUser(
                row.getObject("id", UUID.class),
                row.getString("namespace"),
                row.getString("name"),
                row.getString("email"),
                row.getLong("conversations"),
                row.getLong("messages"),
                when);
    }

    /**
     * Deletes a few conversations of {@code owner} that had no activity since {@code before}; none that somebody is just
     * changing. What was deleted is as after a DELETE.
     */
    public Expired step(UUID owner, Instant before) {
        return transactions.run(Transactions.LONGEST, lockTimeout, transaction -> {
            if (!isOurTurn(transaction)) {
                transaction.readOnly();
                return Expired.NOT_OUR_TURN;
            }
            List<UUID> held = hold(transaction, owner, before);
            if (held.isEmpty()) {
                transaction.readOnly();
                return Expired.NOTHING;
            }
            return new Expired(true, delete(transaction, owner, held));
        });
    }

    private static boolean isOurTurn(Transactions.Transaction transaction) throws SQLException {
        try (Query query = transaction.query(MY_TURN);
                ResultSet row = query.rows()) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private static List<UUID> hold(Transactions.Transaction transaction, UUID owner, Instant before)
            throws SQLException {
        try (Query query = transaction.query(HOLD)) {
            query.statement().setObject(1, owner);
            bindTime(query.statement(), 2, before);
            List<UUID> held = new ArrayList<>();
            long messages = 0;
            try (ResultSet row = query.rows()) {
                while (row.next() && messages < MESSAGES_A_STEP) {
                    held.add(row.getObject("id", UUID.class));
                    messages += row.getLong("last_seq");
                }
            }
            return held;
        }
    }

    private static List<Change> delete(Transactions.Transaction transaction, UUID owner, List<UUID> ids)
            throws SQLException {
        try (Query query = transaction.query(DELETE)) {
            PreparedStatement statement = query.statement();
            for (int at = 1; at <= 3; at += 2) {
                statement.setObject(at, owner);
                statement.setArray(at + 1, Columns.uuids(transaction.connection(), ids, id -> id));
            }
            List<Change> deleted = new ArrayList<>();
            try (ResultSet row = query.rows()) {
                while (row.next()) {
                    ConversationKey key = AppendStatements.key(row, "id");
                    deleted.add(new Change(key, row.getLong("gen"), 0));
                    transaction.witness(new Witness(row.getString("xid"), owner, key.id()));
                }
            }
            return deleted;
        }
    }

    private static void bindTime(PreparedStatement statement, int at, Instant before) throws SQLException {
        statement.setObject(at, Columns.comparable(before));
        statement.setObject(at + 1, Columns.comparable(before));
    }
}
