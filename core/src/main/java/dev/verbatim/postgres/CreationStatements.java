package dev.verbatim.postgres;

import dev.verbatim.ConversationKey;
import dev.verbatim.Owner;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The statements that make conversations. All lock in one order, users before conversations and each by their key, so that
 * no two transactions can wait for each other.
 */
final class CreationStatements {
    private static final String MAKE_USERS = """
            INSERT INTO users (id, namespace, name)
            SELECT id, namespace, name FROM unnest(?::uuid[], ?::text[], ?::text[]) AS k (id, namespace, name)
            WHERE namespace IS NOT NULL GROUP BY id, namespace, name ORDER BY id
            ON CONFLICT (id) DO NOTHING RETURNING id
            """;

    /** Shared, so that nobody marks them as erased meanwhile. */
    private static final String HOLD_USERS =
            "SELECT id, erased_at IS NOT NULL AS erased FROM users WHERE id = ANY (?::uuid[]) ORDER BY id FOR SHARE";

    /** Of users made here, those that were erased within a day: they are not made again in passing. */
    private static final String UNDO_ERASED = """
            DELETE FROM users u USING deleted_conversations d
            WHERE u.id = ANY (?::uuid[]) AND d.user_id = u.id AND d.id = u.id AND d.deleted_at > now() - interval '24 hours'
            RETURNING u.id
            """;

    private static final String FORGET_ERASED =
            "DELETE FROM deleted_conversations WHERE user_id = ANY (?::uuid[]) AND id = user_id RETURNING user_id AS id";

    private static final String ERASED =
            "SELECT user_id AS id FROM deleted_conversations WHERE user_id = ANY (?::uuid[]) AND id = user_id";

    /** The generation comes later: here it would be taken before waiting for a deletion under way, and be too small. */
    private static final String INSERT = """
            INSERT INTO conversations (user_id, id, created_at, updated_at, active_minute, gen, external_id, title, metadata)
            SELECT k.user_id, k.id, coalesce(k.created_at, now()), a.active, date_trunc('minute', a.active, 'UTC'), 0,
              k.external_id, k.title, k.metadata
            FROM unnest(?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::text[], ?::timestamptz[])
              AS k (user_id, id, external_id, title, metadata, created_at),
              LATERAL (SELECT least(k.created_at, now())) AS a (active)
            ORDER BY k.user_id, k.id
            ON CONFLICT (user_id, id) DO NOTHING RETURNING user_id, id
            """;

    private static final String UNDO_DELETED = """
            DELETE FROM conversations c
            USING unnest(?::uuid[], ?::uuid[]) AS k (user_id, id), deleted_conversations d
            WHERE c.user_id = k.user_id AND c.id = k.id AND d.user_id = k.user_id AND d.id = k.id
              AND d.deleted_at > now() - interval '24 hours'
            RETURNING c.user_id, c.id
            """;

    private static final String SET_GENERATIONS = """
            UPDATE conversations c SET gen = nextval('generations')
            FROM unnest(?::uuid[], ?::uuid[]) AS k (user_id, id)
            WHERE c.user_id = k.user_id AND c.id = k.id RETURNING c.user_id, c.id
            """;

    private CreationStatements() {}

    /**
     * Makes known the named ones of {@code owners} that are not, and holds them all.
     *
     * @param evenErased whether one who was erased within a day is made known again
     * @return whether each is erased; one who never had an account is not in it
     * @throws SQLException when a named owner was just being erased: the same again may well succeed
     */
    static Map<UUID, Boolean> users(Transactions.Transaction transaction, List<Owner> owners, boolean evenErased)
            throws SQLException {
        Set<UUID> made = makeUsers(transaction, owners);
        if (!made.isEmpty()) {
            onUsers(transaction, evenErased ? FORGET_ERASED : UNDO_ERASED, made);
        }
        Map<UUID, Boolean> erased = holdUsers(transaction, owners);
        Set<UUID> absent = new HashSet<>();
        owners.forEach(owner -> absent.add(owner.id()));
        absent.removeAll(erased.keySet());
        if (!absent.isEmpty()) {
            onUsers(transaction, ERASED, absent).forEach(id -> erased.put(id, true));
        }
        for (Owner owner : owners) {
            if (owner.namespace() != null && !erased.containsKey(owner.id())) {
                throw new SQLTransactionRollbackException("the user was erased meanwhile", "40001");
            }
        }
        return erased;
    }

    private static Set<UUID> makeUsers(Transactions.Transaction transaction, List<Owner> owners) throws SQLException {
        Connection connection = transaction.connection();
        try (Query query = transaction.query(MAKE_USERS)) {
            query.statement().setArray(1, Columns.uuids(connection, owners, Owner::id));
            query.statement().setArray(2, Columns.array(connection, ArrayType.TEXT, owners, Owner::namespace));
            query.statement().setArray(3, Columns.array(connection, ArrayType.TEXT, owners, Owner::name));
            return ids(query);
        }
    }

    private static Set<UUID> onUsers(Transactions.Transaction transaction, String sql, Set<UUID> users)
            throws SQLException {
        try (Query query = transaction.query(sql)) {
            query.statement().setArray(1, Columns.uuids(transaction.connection(), new ArrayList<>(users), id -> id));
            return ids(query);
        }
    }

    private static Set<UUID> ids(Query query) throws SQLException {
        Set<UUID> ids = new HashSet<>();
        try (ResultSet row = query.rows()) {
            while (row.next()) {
                ids.add(row.getObject("id", UUID.class));
            }
        }
        return ids;
    }

    /** Holds those that are known, so that nobody marks them as erased meanwhile; whether each is marked already. */
    static Map<UUID, Boolean> holdUsers(Transactions.Transaction transaction, List<Owner> owners) throws SQLException {
        Map<UUID, Boolean> erased = new HashMap<>();
        try (Query query = transaction.query(HOLD_USERS)) {
            query.statement().setArray(1, Columns.uuids(transaction.connection(), owners, Owner::id));
            try (ResultSet row = query.rows()) {
                while (row.next()) {
                    erased.put(row.getObject("id", UUID.class), row.getBoolean("erased"));
                }
            }
        }
        return erased;
    }

    /** Inserts {@code rows}, with generation 0, and gives those back that were not there. */
    static Set<ConversationKey> insert(Transactions.Transaction transaction, List<NewRow> rows) throws SQLException {
        Connection connection = transaction.connection();
        try (Query query = transaction.query(INSERT)) {
            query.statement()
                    .setArray(
                            1, Columns.uuids(connection, rows, row -> row.key().owner()));
            query.statement()
                    .setArray(
                            2, Columns.uuids(connection, rows, row -> row.key().id()));
            query.statement().setArray(3, Columns.array(connection, ArrayType.TEXT, rows, NewRow::externalId));
            query.statement().setArray(4, Columns.array(connection, ArrayType.TEXT, rows, NewRow::title));
            query.statement().setArray(5, Columns.array(connection, ArrayType.TEXT, rows, NewRow::metadata));
            query.statement().setArray(6, Columns.array(connection, ArrayType.TIMESTAMPTZ, rows, NewRow::createdAt));
            return keys(query);
        }
    }

    /** Takes back those of {@code made} that were deleted within a day, and gives them back. */
    static Set<ConversationKey> undoDeleted(Transactions.Transaction transaction, Collection<ConversationKey> made)
            throws SQLException {
        return onKeys(transaction, UNDO_DELETED, made);
    }

    /** Gives each of {@code made} its generation. */
    static void setGenerations(Transactions.Transaction transaction, Collection<ConversationKey> made)
            throws SQLException {
        onKeys(transaction, SET_GENERATIONS, made);
    }

    private static Set<ConversationKey> onKeys(
            Transactions.Transaction transaction, String sql, Collection<ConversationKey> keys) throws SQLException {
        try (Query query = transaction.query(sql)) {
            AppendStatements.bindKeys(transaction.connection(), query.statement(), new ArrayList<>(keys));
            return keys(query);
        }
    }

    private static Set<ConversationKey> keys(Query query) throws SQLException {
        Set<ConversationKey> keys = new HashSet<>();
        try (ResultSet row = query.rows()) {
            while (row.next()) {
                keys.add(AppendStatements.key(row, "id"));
            }
        }
        return keys;
    }
}
