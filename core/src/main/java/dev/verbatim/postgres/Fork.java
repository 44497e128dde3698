package dev.verbatim.postgres;

import dev.verbatim.Change;
import dev.verbatim.Conversation;
import dev.verbatim.ConversationKey;
import dev.verbatim.ConversationNotFoundException;
import dev.verbatim.EffectDoneException;
import dev.verbatim.Forks;
import dev.verbatim.GenerationChangedException;
import dev.verbatim.Owner;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes a conversation out of another one. One statement reads and copies, so that what is copied was there at one time;
 * the other one is not held meanwhile.
 */
final class Fork {
    /** The change log's row is for nobody's cache: it tells later whether this was committed. */
    private static final String COPY = """
            WITH source AS (
              SELECT c.user_id, c.id, c.gen, c.last_seq, c.title, c.metadata, %1$s,
                least(c.last_seq, coalesce(?::bigint, c.last_seq)) AS at_seq
              FROM conversations c WHERE c.user_id = ? AND c.id = ?),
            copied AS (
              INSERT INTO messages (user_id, conversation_id, seq, created_at, tokens_used, latency_ms, role, id, model, body)
              SELECT m.user_id, ?::uuid, m.seq, m.created_at, m.tokens_used, m.latency_ms, m.role, coalesce(m.id, %2$s),
                m.model, m.body
              FROM messages m JOIN source s ON m.user_id = s.user_id AND m.conversation_id = s.id AND m.seq <= s.at_seq),
            made AS (
              UPDATE conversations n
              SET gen = nextval('generations'), last_seq = s.at_seq, title = s.title, metadata = s.metadata
              FROM source s WHERE n.user_id = s.user_id AND n.id = ?
              RETURNING n.user_id, n.id, n.gen, n.last_seq),
            told AS (
              INSERT INTO change_log (user_id, id, gen, seq, kind)
              SELECT user_id, id, gen, last_seq, 'conversation' FROM made RETURNING xid::text AS told_xid)
            SELECT gen, last_seq, xid, told_xid, (SELECT epoch FROM cache_epoch) AS cache_epoch FROM source, told
            """.formatted(Columns.xid("c"), Columns.MADE_ID);

    private record Copied(long epoch, Shown.End end) {}

    private final Transactions transactions;
    private final Duration lockTimeout;
    private final Supplier<String> ids;

    /** Makes conversations under {@code ids}, which nobody else uses. */
    Fork(Transactions transactions, Duration lockTimeout, Supplier<String> ids) {
        this.transactions = transactions;
        this.lockTimeout = lockTimeout;
        this.ids = ids;
    }

    Shown<Conversation> fork(Owner owner, String conversationId, OptionalLong atSeq, OptionalLong ifGen) {
        ConversationKey source = ConversationKey.of(owner, conversationId);
        String id = ids.get();
        ConversationKey key = ConversationKey.of(owner, id);
        NewRow row = new NewRow(key, owner, id, null, "{}", null);
        return transactions.run(Transactions.LONGEST, lockTimeout, transaction -> {
            Boolean erased =
                    CreationStatements.users(transaction, List.of(owner), false).get(owner.id());
            if (erased == null || erased) {
                throw new ConversationNotFoundException(conversationId);
            }
            if (CreationStatements.insert(transaction, List.of(row)).isEmpty()) {
                throw new EffectDoneException();
            }
            Copied copied = copy(transaction, source, key, atSeq);
            if (copied == null) {
                throw new ConversationNotFoundException(conversationId);
            }
            Change end = copied.end().change();
            if (ifGen.isPresent() && ifGen.getAsLong() != end.gen()) {
                throw new GenerationChangedException(ifGen.getAsLong(), end.gen());
            }
            Forks.checkPlace(atSeq, end.seq());
            Conversation fork = Conversations.inTransaction(transaction, key).orElseThrow();
            return new Shown<>(fork, copied.epoch(), List.of(copied.end()));
        });
    }

    /** What the statement saw of the conversation that was copied; null when there is none. */
    private static @Nullable Copied copy(
            Transactions.Transaction transaction, ConversationKey source, ConversationKey key, OptionalLong atSeq)
            throws SQLException {
        try (Query query = transaction.query(COPY)) {
            PreparedStatement statement = query.statement();
            statement.setObject(1, atSeq.isPresent() ? atSeq.getAsLong() : null, Types.BIGINT);
            Conversations.bindKey(statement, 2, source);
            statement.setObject(4, key.id());
            statement.setObject(5, key.id());
            try (ResultSet row = query.rows()) {
                if (!row.next()) {
                    return null;
                }
                transaction.witness(new Witness(row.getString("told_xid"), key.owner(), key.id()));
                Change change = new Change(source, row.getLong("gen"), row.getLong("last_seq"));
                return new Copied(row.getLong("cache_epoch"), new Shown.End(change, row.getLong("xid")));
            }
        }
    }
}
