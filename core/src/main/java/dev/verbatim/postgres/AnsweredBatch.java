package dev.verbatim.postgres;

import dev.verbatim.ConversationGoneException;
import dev.verbatim.ConversationKey;
import dev.verbatim.HistoryException;
import dev.verbatim.Owner;
import dev.verbatim.insight.Answered;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Stores query logs in one transaction, each once however often it is tried. Thread-safe. */
final class AnsweredBatch {
    /** The conversations are held: who deletes one waits, and empties what is written here of it. */
    private static final String HOLD = """
            SELECT c.user_id, c.id FROM unnest(?::uuid[], ?::uuid[]) AS k (user_id, id)
            JOIN conversations c ON c.user_id = k.user_id AND c.id = k.id
            ORDER BY c.user_id, c.id FOR KEY SHARE OF c
            """;

    private static final String DELETED = """
            SELECT d.user_id, d.id FROM unnest(?::uuid[], ?::uuid[]) AS k (user_id, id)
            JOIN deleted_conversations d ON d.user_id = k.user_id AND d.id = k.id
            """;

    private static final String INSERT = """
            WITH log AS (
              INSERT INTO query_logs AS q (user_id, created_at, id, response_time_ms, tokens_used, refinement_count,
                contexts_retrieved, retrieval_quality, recommendation, conversation_id, conversation_hash, dept_id, model,
                query)
              SELECT k.user_id, k.created_at, k.id, k.response_time_ms, k.tokens_used, k.refinement_count,
                k.contexts_retrieved, k.retrieval_quality, k.recommendation, k.conversation_id, k.conversation_hash,
                u.dept_id, k.model, k.query
              FROM unnest(?::uuid[], ?::timestamptz[], ?::uuid[], ?::int[], ?::int[], ?::int[], ?::int[], ?::float8[],
                  ?::text[], ?::text[], ?::bigint[], ?::text[], ?::text[])
                AS k (user_id, created_at, id, response_time_ms, tokens_used, refinement_count, contexts_retrieved,
                  retrieval_quality, recommendation, conversation_id, conversation_hash, model, query)
              JOIN users u ON u.id = k.user_id
              ON CONFLICT DO NOTHING RETURNING q.*)
            INSERT INTO query_log_news (%1$s) SELECT %1$s FROM log
            """.formatted(FactRows.COLUMNS);

    private final Transactions transactions;
    private final QueryLogMonths months;
    private final Duration lockTimeout;

    AnsweredBatch(Transactions transactions, QueryLogMonths months, Duration lockTimeout) {
        this.transactions = transactions;
        this.months = months;
        this.lockTimeout = lockTimeout;
    }

    /** What became of the units: nothing when they are stored, and why they are not. */
    record Written(List<AnsweredUnit> units, Map<UUID, Boolean> erased) {
        void forEach(BiConsumer<AnsweredUnit, @Nullable HistoryException> each) {
            for (AnsweredUnit unit : units) {
                Boolean gone = erased.get(unit.logs().getFirst().owner().id());
                each.accept(unit, Boolean.FALSE.equals(gone) ? null : refusal(unit, gone != null));
            }
        }

        private static HistoryException refusal(AnsweredUnit unit, boolean erased) {
            Owner owner = unit.logs().getFirst().owner();
            return erased ? new ConversationGoneException("") : NewRow.noSuchUser(owner.id());
        }
    }

    /**
     * Stores {@code units} but those of users who were erased, or never were.
     *
     * @throws HistoryException when none is stored
     */
    Written write(List<AnsweredUnit> units) {
        List<Answered> logs =
                units.stream().flatMap(unit -> unit.logs().stream()).toList();
        Map<UUID, Boolean> erased =
                months.with(logs, () -> transactions.run(lockTimeout, transaction -> write(transaction, logs)));
        return new Written(units, erased);
    }

    private static Map<UUID, Boolean> write(Transactions.Transaction transaction, List<Answered> logs)
            throws SQLException {
        List<Owner> owners = logs.stream().map(Answered::owner).distinct().toList();
        Map<UUID, Boolean> erased = CreationStatements.holdUsers(transaction, owners);
        if (erased.size() < owners.size()) {
            erased = CreationStatements.users(transaction, owners, false);
        }
        Map<UUID, Boolean> known = erased;
        List<Answered> kept = logs.stream()
                .filter(log -> Boolean.FALSE.equals(known.get(log.owner().id())))
                .toList();
        if (kept.isEmpty()) {
            transaction.readOnly();
        } else {
            insert(transaction.connection(), kept, deleted(transaction.connection(), kept));
        }
        return erased;
    }

    /** A log that comes behind the deletion of its conversation says no more of it than those before it. */
    private static Set<ConversationKey> deleted(Connection connection, List<Answered> logs) throws SQLException {
        Set<ConversationKey> keys = new TreeSet<>();
        for (Answered log : logs) {
            ConversationKey key = log.conversation();
            if (key != null) {
                keys.add(key);
            }
        }
        if (keys.isEmpty()) {
            return Set.of();
        }
        Set<ConversationKey> there = keys(connection, HOLD, keys);
        Set<ConversationKey> deleted = keys(connection, DELETED, keys);
        deleted.removeAll(there);
        return deleted;
    }

    private static Set<ConversationKey> keys(Connection connection, String sql, Set<ConversationKey> keys)
            throws SQLException {
        Set<ConversationKey> found = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, Columns.array(connection, ArrayType.UUID, keys, ConversationKey::owner));
            statement.setArray(2, Columns.array(connection, ArrayType.UUID, keys, ConversationKey::id));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.add(AppendStatements.key(row, "id"));
                }
            }
        }
        return found;
    }

    private static void insert(Connection connection, List<Answered> logs, Set<ConversationKey> deleted)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            new AnsweredParameters(connection, statement, logs).bind(deleted);
            statement.executeUpdate();
        }
    }
}
