package dev.verbatim.postgres;

import dev.verbatim.ConversationGoneException;
import dev.verbatim.ConversationKey;
import dev.verbatim.HistoryException;
import dev.verbatim.OutcomeUnknownException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** Makes the conversations that appends find missing, in key order, in a transaction of their own. */
final class Creation {
    private static final String LOOK = """
            SELECT k.user_id, k.id, d.id IS NOT NULL OR (
                EXISTS (SELECT FROM deleted_conversations e
                  WHERE e.user_id = k.user_id AND e.id = k.user_id AND e.deleted_at > now() - interval '24 hours')
                AND NOT EXISTS (SELECT FROM users u WHERE u.id = k.user_id)) AS gone
            FROM unnest(?::uuid[], ?::uuid[]) AS k (user_id, id)
            LEFT JOIN deleted_conversations d ON d.user_id = k.user_id AND d.id = k.id
              AND d.deleted_at > now() - interval '24 hours'
            WHERE NOT EXISTS (SELECT FROM conversations c WHERE c.user_id = k.user_id AND c.id = k.id)
            """;

    private enum Refusal {
        GONE,
        NO_SUCH_USER
    }

    private final Database database;
    private final Transactions transactions;
    private final Duration timeout;

    Creation(Database database, Transactions transactions, Duration timeout) {
        this.database = database;
        this.transactions = transactions;
        this.timeout = timeout;
    }

    /**
     * Makes the conversations of {@code requests} that are missing; those that may not be made are left out, and their
     * requests given back with the reason.
     *
     * @throws SQLException when none was made; trying again is safe
     */
    Map<AppendRequest, HistoryException> ensure(Collection<AppendRequest> requests, Duration lockTimeout)
            throws SQLException {
        Map<ConversationKey, NewRow> wanted = new TreeMap<>();
        for (AppendRequest request : requests) {
            wanted.putIfAbsent(request.key(), NewRow.untitled(request));
        }
        Map<ConversationKey, Refusal> refused = new HashMap<>();
        List<NewRow> missing = missing(wanted, refused);
        if (!missing.isEmpty()) {
            try {
                refused.putAll(transactions.attempt(timeout, lockTimeout, transaction -> insert(transaction, missing)));
            } catch (OutcomeUnknownException e) {
                // Made or not: the next look tells, so to the caller this is a lost connection like any other.
                throw new SQLException("the connection broke", "08006", e);
            }
        }
        Map<AppendRequest, HistoryException> reasons = new HashMap<>();
        for (AppendRequest request : requests) {
            Refusal refusal = refused.get(request.key());
            if (refusal != null) {
                reasons.put(request, reason(refusal, request));
            }
        }
        return reasons;
    }

    private static HistoryException reason(Refusal refusal, AppendRequest request) {
        return refusal == Refusal.GONE
                ? new ConversationGoneException(request.conversationId())
                : NewRow.noSuchUser(request.owner().id());
    }

    private List<NewRow> missing(Map<ConversationKey, NewRow> wanted, Map<ConversationKey, Refusal> refused)
            throws SQLException {
        List<ConversationKey> keys = List.copyOf(wanted.keySet());
        List<NewRow> missing = new ArrayList<>();
        database.queryOnce(
                LOOK, statement -> AppendStatements.bindKeys(statement.getConnection(), statement, keys), row -> {
                    while (row.next()) {
                        ConversationKey key = AppendStatements.key(row, "id");
                        NewRow one = wanted.get(key);
                        if (row.getBoolean("gone")) {
                            refused.put(key, Refusal.GONE);
                        } else if (one != null) {
                            missing.add(one);
                        }
                    }
                    return missing;
                });
        return missing;
    }

    private static Map<ConversationKey, Refusal> insert(Transactions.Transaction transaction, List<NewRow> rows)
            throws SQLException {
        Map<UUID, Boolean> erased = CreationStatements.users(
                transaction, rows.stream().map(NewRow::owner).toList(), false);
        Map<ConversationKey, Refusal> refused = new HashMap<>();
        List<NewRow> allowed = new ArrayList<>();
        for (NewRow row : rows) {
            Boolean gone = erased.get(row.key().owner());
            if (gone == null) {
                refused.put(row.key(), Refusal.NO_SUCH_USER);
            } else if (gone) {
                refused.put(row.key(), Refusal.GONE);
            } else {
                allowed.add(row);
            }
        }
        Set<ConversationKey> made = CreationStatements.insert(transaction, allowed);
        for (ConversationKey gone : CreationStatements.undoDeleted(transaction, made)) {
            refused.put(gone, Refusal.GONE);
        }
        CreationStatements.setGenerations(transaction, made);
        return refused;
    }
}
