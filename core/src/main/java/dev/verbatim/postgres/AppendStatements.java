package dev.verbatim.postgres;

import dev.verbatim.ConversationKey;
import dev.verbatim.MadeIds;
import dev.verbatim.MessageRow;
import dev.verbatim.NewMessage;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The statements of an appending transaction. */
final class AppendStatements {
    /**
     * One after another, in the order of the keys: a subquery that locks is not taken apart. The clock is read outside of
     * it, for it must be read after the lock was got.
     */
    static final String LOCK = lock("");

    private static final String LOCK_FREE = lock("SKIP LOCKED");

    private static final String EXISTING = """
            SELECT c.user_id, c.id FROM unnest(?::uuid[], ?::uuid[]) AS k (user_id, id)
            JOIN conversations c ON c.user_id = k.user_id AND c.id = k.id
            """;

    static final String BROUGHT = """
            SELECT m.user_id, %s
            FROM unnest(?::uuid[], ?::uuid[], ?::text[]) AS k (user_id, conversation_id, id)
            JOIN messages m ON m.user_id = k.user_id AND m.conversation_id = k.conversation_id
              AND m.id = k.id COLLATE "C" AND m.id IS NOT NULL
            """.formatted(Columns.MESSAGE);

    static final String MADE = """
            SELECT m.user_id, %s
            FROM unnest(?::uuid[], ?::uuid[], ?::bigint[]) AS k (user_id, conversation_id, seq)
            JOIN messages m ON m.user_id = k.user_id AND m.conversation_id = k.conversation_id AND m.seq = k.seq
            WHERE m.id IS NULL
            """.formatted(Columns.MESSAGE);

    /** The rows of the conversations are held, and so still where they were found. */
    static final String WRITE = """
            WITH added AS (
              INSERT INTO messages (user_id, conversation_id, seq, created_at, tokens_used, latency_ms, role, id, model, body)
              SELECT unnest(?::uuid[]), unnest(?::uuid[]), unnest(?::bigint[]), unnest(?::timestamptz[]), unnest(?::int[]),
                unnest(?::int[]), unnest(?::text[]), unnest(?::text[]), unnest(?::text[]), unnest(?::text[])
            ), grown AS (
              UPDATE conversations c
              SET last_seq = k.last_seq, updated_at = greatest(c.updated_at, k.active),
                active_minute = greatest(c.active_minute, k.minute), title = coalesce(c.title, k.title)
              FROM (SELECT unnest(?::text[])::tid AS place, unnest(?::uuid[]) AS user_id, unnest(?::uuid[]) AS id,
                unnest(?::bigint[]) AS last_seq, unnest(?::timestamptz[]) AS active,
                unnest(?::timestamptz[]) AS minute, unnest(?::text[]) AS title) k
              WHERE c.ctid = k.place AND c.user_id = k.user_id AND c.id = k.id
              RETURNING c.user_id, c.id, c.gen, c.last_seq
            )
            INSERT INTO change_log (user_id, id, gen, seq, kind)
            SELECT user_id, id, gen, last_seq, 'conversation' FROM grown""";

    private record Asked(ConversationKey key, String id, long seq) {}

    private AppendStatements() {}

    private static String lock(String others) {
        return """
                SELECT c.*, pg_current_xact_id()::text AS xid,
                  (extract(epoch FROM clock_timestamp()) * 1000000)::bigint AS now_us,
                  (SELECT epoch FROM cache_epoch) AS cache_epoch
                FROM unnest(?::uuid[], ?::uuid[]) AS k (user_id, id)
                CROSS JOIN LATERAL (
                  SELECT c.user_id, c.id, c.gen, c.last_seq, c.title IS NULL AS untitled, c.ctid::text AS place
                  FROM conversations c WHERE c.user_id = k.user_id AND c.id = k.id
                  FOR NO KEY UPDATE OF c %s) c
                """.formatted(others);
    }

    /** Locks the rows of {@code keys}, which are in key order; without {@code waiting} only those that nobody else holds. */
    static Map<ConversationKey, LockedRow> lock(
            Transactions.Transaction transaction, List<ConversationKey> keys, boolean waiting) throws SQLException {
        Map<ConversationKey, LockedRow> locked = new HashMap<>();
        try (Query query = transaction.query(waiting ? LOCK : LOCK_FREE)) {
            bindKeys(transaction.connection(), query.statement(), keys);
            try (ResultSet row = query.rows()) {
                while (row.next()) {
                    ConversationKey key = key(row, "id");
                    locked.put(
                            key,
                            new LockedRow(
                                    key,
                                    row.getString("place"),
                                    row.getLong("cache_epoch"),
                                    row.getLong("gen"),
                                    row.getLong("last_seq"),
                                    row.getBoolean("untitled"),
                                    Columns.time(row.getLong("now_us")),
                                    row.getString("xid")));
                }
            }
        }
        return locked;
    }

    /** Which of {@code keys} are there, locked or not. */
    static Set<ConversationKey> existing(Transactions.Transaction transaction, List<ConversationKey> keys)
            throws SQLException {
        Set<ConversationKey> existing = new HashSet<>();
        try (Query query = transaction.query(EXISTING)) {
            bindKeys(transaction.connection(), query.statement(), keys);
            try (ResultSet row = query.rows()) {
                while (row.next()) {
                    existing.add(key(row, "id"));
                }
            }
        }
        return existing;
    }

    /** The stored messages whose ids {@code requests} bring again, by conversation and id. */
    static Map<ConversationKey, Map<String, MessageRow>> repeats(
            Transactions.Transaction transaction, Collection<AppendRequest> requests) throws SQLException {
        List<Asked> brought = new ArrayList<>();
        List<Asked> made = new ArrayList<>();
        for (AppendRequest request : requests) {
            for (NewMessage message : request.messages()) {
                String id = message.id();
                if (id != null) {
                    brought.add(new Asked(request.key(), id, 0));
                    MadeIds.seqOf(request.key().id(), id).ifPresent(seq -> made.add(new Asked(request.key(), id, seq)));
                }
            }
        }
        Map<ConversationKey, Map<String, MessageRow>> found = new HashMap<>();
        Connection connection = transaction.connection();
        if (!brought.isEmpty()) {
            find(transaction, BROUGHT, brought, Columns.array(connection, ArrayType.TEXT, brought, Asked::id), found);
        }
        if (!made.isEmpty()) {
            find(transaction, MADE, made, Columns.array(connection, ArrayType.INT8, made, Asked::seq), found);
        }
        return found;
    }

    private static void find(
            Transactions.Transaction transaction,
            String sql,
            List<Asked> asked,
            Array which,
            Map<ConversationKey, Map<String, MessageRow>> found)
            throws SQLException {
        try (Query query = transaction.query(sql)) {
            bindKeys(
                    transaction.connection(),
                    query.statement(),
                    asked.stream().map(Asked::key).toList());
            query.statement().setArray(3, which);
            try (ResultSet row = query.rows()) {
                while (row.next()) {
                    MessageRow message = Columns.message(row);
                    found.computeIfAbsent(key(row, "conversation_id"), key -> new HashMap<>())
                            .put(message.id(), message);
                }
            }
        }
    }

    /** Has the transaction end with storing the new messages of {@code plans}, which have some. */
    static void write(Transactions.Transaction transaction, List<ConversationPlan> plans) {
        LockedRow any = plans.getFirst().row();
        transaction.last(
                WRITE,
                statement -> {
                    bindMessages(transaction.connection(), statement, plans);
                    bindConversations(transaction.connection(), statement, plans);
                },
                new Witness(any.xid(), any.key().owner(), any.key().id()));
    }

    private static void bindMessages(Connection connection, PreparedStatement to, List<ConversationPlan> plans)
            throws SQLException {
        List<UUID> owners = new ArrayList<>();
        List<MessageRow> rows = new ArrayList<>();
        for (ConversationPlan plan : plans) {
            for (MessageRow row : plan.rows()) {
                owners.add(plan.row().key().owner());
                rows.add(row);
            }
        }
        to.setArray(1, Columns.uuids(connection, owners, owner -> owner));
        to.setArray(2, Columns.uuids(connection, rows, MessageRow::conversation));
        to.setArray(3, Columns.array(connection, ArrayType.INT8, rows, MessageRow::seq));
        to.setArray(4, Columns.array(connection, ArrayType.TIMESTAMPTZ, rows, row -> row.createdAt()));
        to.setArray(5, Columns.array(connection, ArrayType.INT4, rows, row -> Columns.orNull(row.tokensUsed())));
        to.setArray(6, Columns.array(connection, ArrayType.INT4, rows, row -> Columns.orNull(row.latencyMs())));
        to.setArray(7, Columns.array(connection, ArrayType.TEXT, rows, MessageRow::role));
        to.setArray(8, Columns.array(connection, ArrayType.TEXT, rows, MessageRow::brought));
        to.setArray(9, Columns.array(connection, ArrayType.TEXT, rows, MessageRow::model));
        to.setArray(10, Columns.array(connection, ArrayType.TEXT, rows, MessageRow::body));
    }

    private static void bindConversations(Connection connection, PreparedStatement to, List<ConversationPlan> plans)
            throws SQLException {
        List<LockedRow> held = plans.stream().map(ConversationPlan::row).toList();
        to.setArray(11, Columns.array(connection, ArrayType.TEXT, held, LockedRow::place));
        to.setArray(12, Columns.uuids(connection, held, row -> row.key().owner()));
        to.setArray(13, Columns.uuids(connection, held, row -> row.key().id()));
        to.setArray(14, Columns.array(connection, ArrayType.INT8, plans, ConversationPlan::lastSeq));
        to.setArray(15, Columns.array(connection, ArrayType.TIMESTAMPTZ, plans, plan -> plan.active()));
        to.setArray(
                16,
                Columns.array(
                        connection,
                        ArrayType.TIMESTAMPTZ,
                        plans,
                        plan -> plan.active().truncatedTo(ChronoUnit.MINUTES)));
        to.setArray(17, Columns.array(connection, ArrayType.TEXT, plans, ConversationPlan::title));
    }

    static void bindKeys(Connection connection, PreparedStatement to, List<ConversationKey> keys) throws SQLException {
        to.setArray(1, Columns.uuids(connection, keys, ConversationKey::owner));
        to.setArray(2, Columns.uuids(connection, keys, ConversationKey::id));
    }

    static ConversationKey key(ResultSet row, String column) throws SQLException {
        return new ConversationKey(row.getObject("user_id", UUID.class), row.getObject(column, UUID.class));
    }
}
