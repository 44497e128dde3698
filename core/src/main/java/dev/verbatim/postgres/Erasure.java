package dev.verbatim.postgres;

import dev.verbatim.ConversationKey;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.ObjLongConsumer;

/**
 * Erases a user: marks the user first, so that nothing new can be made, then deletes conversation by conversation in the
 * order in which all lock them (a cascade would lock in any order, and deadlock with appends), and the user last. Every
 * step is a small transaction, and all of it may be run again. For a day it is remembered that the user was erased, as a
 * deletion under the user's own id, so that no late append makes the user known again.
 */
final class Erasure {
    private static final String MARK =
            "UPDATE users SET erased_at = coalesce(erased_at, now()) WHERE id = ? RETURNING id";

    private static final String CONVERSATIONS =
            "SELECT user_id, id FROM conversations WHERE user_id = ? ORDER BY id LIMIT 1000";

    private static final String SOME_QUERY_ROLLUPS = """
            DELETE FROM query_user_rollups r USING (
              SELECT user_id, period, at, model, recommendation FROM query_user_rollups WHERE user_id = ? LIMIT 10000) AS b
            WHERE r.user_id = b.user_id AND r.period = b.period AND r.at = b.at AND r.model = b.model
              AND r.recommendation = b.recommendation
            """;

    private static final String SOME_QUERY_LOGS = """
            DELETE FROM query_logs q USING (
              SELECT user_id, created_at, id FROM query_logs WHERE user_id = ? LIMIT 10000) AS batch
            WHERE q.user_id = batch.user_id AND q.created_at = batch.created_at AND q.id = batch.id
            """;

    private static final String SOME_REQUESTS = """
            DELETE FROM kept_requests r USING (
              SELECT user_id, id FROM kept_requests WHERE user_id = ? LIMIT 1000) AS batch
            WHERE r.user_id = batch.user_id AND r.id = batch.id
            """;

    private static final String DELETE_USER = """
            WITH gone AS (DELETE FROM users WHERE id = ? RETURNING id)
            INSERT INTO deleted_conversations (user_id, id) SELECT id, id FROM gone
            ON CONFLICT (user_id, id) DO UPDATE SET deleted_at = now() RETURNING id
            """;

    /** Marked long enough ago for whoever marked them to be done, or dead. */
    private static final String UNFINISHED =
            "SELECT id FROM users WHERE erased_at < now() - interval '1 minute' ORDER BY id LIMIT 100";

    private static final String LOG_CHANGE =
            "INSERT INTO change_log (user_id, id, kind) VALUES (?, ?, 'user') RETURNING xid::text";

    private final Database database;
    private final Transactions transactions;
    private final Deletion deletion;
    private final Duration lockTimeout;

    Erasure(Database database, Transactions transactions, Deletion deletion, Duration lockTimeout) {
        this.database = database;
        this.transactions = transactions;
        this.deletion = deletion;
        this.lockTimeout = lockTimeout;
    }

    /** Erases {@code owner}; tells of each conversation, with the generation of its deletion, once it is deleted. */
    void erase(UUID owner, ObjLongConsumer<ConversationKey> deleted) {
        if (transactions.run(lockTimeout, transaction -> changeUser(transaction, MARK, owner))) {
            deleteAll(SOME_QUERY_LOGS, owner);
            deleteAll(SOME_QUERY_ROLLUPS, owner);
            deleteAll(SOME_REQUESTS, owner);
            deleteConversations(owner, deleted);
            transactions.run(lockTimeout, transaction -> changeUser(transaction, DELETE_USER, owner));
        }
    }

    /** Some of those whose erasing stopped on the way, as a process that dies leaves it. */
    List<UUID> unfinished() {
        return database.query(UNFINISHED, statement -> {}, rows -> {
            List<UUID> users = new ArrayList<>();
            while (rows.next()) {
                users.add(rows.getObject("id", UUID.class));
            }
            return users;
        });
    }

    private void deleteConversations(UUID owner, ObjLongConsumer<ConversationKey> deleted) {
        List<ConversationKey> some = some(owner);
        while (!some.isEmpty()) {
            for (ConversationKey key : some) {
                deletion.delete(key, OptionalLong.empty()).ifPresent(gen -> deleted.accept(key, gen));
            }
            some = some(owner);
        }
    }

    private List<ConversationKey> some(UUID owner) {
        return database.query(CONVERSATIONS, statement -> statement.setObject(1, owner), rows -> {
            List<ConversationKey> keys = new ArrayList<>();
            while (rows.next()) {
                keys.add(AppendStatements.key(rows, "id"));
            }
            return keys;
        });
    }

    private void deleteAll(String some, UUID owner) {
        while (transactions.run(lockTimeout, transaction -> delete(transaction, some, owner))) {
            // Until none is left.
        }
    }

    private static boolean delete(Transactions.Transaction transaction, String some, UUID owner) throws SQLException {
        try (PreparedStatement statement = transaction.connection().prepareStatement(some)) {
            statement.setObject(1, owner);
            return statement.executeUpdate() > 0;
        }
    }

    /** Runs {@code sql} on the user's row and tells all servers; false when there is no such user. */
    private static boolean changeUser(Transactions.Transaction transaction, String sql, UUID owner)
            throws SQLException {
        try (Query query = transaction.query(sql)) {
            query.statement().setObject(1, owner);
            try (ResultSet row = query.rows()) {
                if (!row.next()) {
                    transaction.readOnly();
                    return false;
                }
            }
        }
        try (Query query = transaction.query(LOG_CHANGE)) {
            query.statement().setObject(1, owner);
            query.statement().setObject(2, owner);
            try (ResultSet row = query.rows()) {
                row.next();
                transaction.witness(new Witness(row.getString("xid"), owner, owner));
                return true;
            }
        }
    }
}
