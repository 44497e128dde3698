package dev.verbatim.postgres;

import dev.verbatim.ConversationKey;
import dev.verbatim.GenerationChangedException;
import dev.verbatim.HistoryException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes conversations, each in a transaction of its own, and remembers for a day that they were there. */
final class Deletion {
    private static final Logger LOG = LoggerFactory.getLogger(Deletion.class);

    private static final String HOLD = "SELECT gen FROM conversations WHERE user_id = ? AND id = ? FOR UPDATE";

    /** What requests about it were answered goes too; that they were, is known on, so that none is done again. */
    private static final String DELETE = """
            WITH key AS (SELECT ?::uuid AS user_id, ?::uuid AS id),
              answers AS (
                UPDATE kept_requests r SET gone = true, headers = NULL, answer = NULL FROM key
                WHERE r.user_id = key.user_id AND r.conversation_id = key.id)
            DELETE FROM conversations c USING key WHERE c.user_id = key.user_id AND c.id = key.id
            """;

    private static final String EMPTY_QUERY_LOGS = """
            UPDATE query_logs q SET query = '', conversation_id = NULL FROM conversations c
            WHERE c.user_id = ? AND c.id = ? AND q.user_id = c.user_id AND q.conversation_id = c.external_id
            """;

    private static final String REMEMBER = """
            INSERT INTO deleted_conversations (user_id, id) VALUES (?, ?)
            ON CONFLICT (user_id, id) DO UPDATE SET deleted_at = now()
            """;

    /** The generation is taken while the row is held: whoever uses the id again takes a later one. */
    private static final String LOG_CHANGE = """
            INSERT INTO change_log (user_id, id, gen, kind) VALUES (?, ?, nextval('generations'), 'conversation')
            RETURNING xid::text, gen
            """;

    private static final String TRIM = """
            DELETE FROM deleted_conversations d USING (
              SELECT user_id, id FROM deleted_conversations WHERE deleted_at < now() - interval '24 hours'
              ORDER BY deleted_at LIMIT 1000 FOR UPDATE SKIP LOCKED) AS old
            WHERE d.user_id = old.user_id AND d.id = old.id RETURNING d.id
            """;

    private static final int DELETIONS_BETWEEN_TRIMS = 64;

    private final Database database;
    private final Transactions transactions;
    private final Duration lockTimeout;
    private final AtomicInteger deletions = new AtomicInteger();

    Deletion(Database database, Transactions transactions, Duration lockTimeout) {
        this.database = database;
        this.transactions = transactions;
        this.lockTimeout = lockTimeout;
    }

    /** The generation that tells of the deletion; empty when there was nothing to delete. */
    OptionalLong delete(ConversationKey key, OptionalLong ifGen) {
        OptionalLong gen =
                transactions.run(Transactions.LONGEST, lockTimeout, transaction -> delete(transaction, key, ifGen));
        if (gen.isPresent() && deletions.incrementAndGet() % DELETIONS_BETWEEN_TRIMS == 0) {
            trim();
        }
        return gen;
    }

    private static OptionalLong delete(Transactions.Transaction transaction, ConversationKey key, OptionalLong ifGen)
            throws SQLException {
        OptionalLong held = hold(transaction, key);
        if (held.isEmpty()) {
            transaction.readOnly();
            return held;
        }
        if (ifGen.isPresent() && ifGen.getAsLong() != held.getAsLong()) {
            throw new GenerationChangedException(ifGen.getAsLong(), held.getAsLong());
        }
        execute(transaction, EMPTY_QUERY_LOGS, key);
        execute(transaction, DELETE, key);
        execute(transaction, REMEMBER, key);
        try (Query query = transaction.query(LOG_CHANGE)) {
            Conversations.bindKey(query.statement(), 1, key);
            try (ResultSet row = query.rows()) {
                row.next();
                transaction.witness(new Witness(row.getString("xid"), key.owner(), key.id()));
                return OptionalLong.of(row.getLong("gen"));
            }
        }
    }

    private static OptionalLong hold(Transactions.Transaction transaction, ConversationKey key) throws SQLException {
        try (Query query = transaction.query(HOLD)) {
            Conversations.bindKey(query.statement(), 1, key);
            try (ResultSet row = query.rows()) {
                return row.next() ? OptionalLong.of(row.getLong("gen")) : OptionalLong.empty();
            }
        }
    }

    private static void execute(Transactions.Transaction transaction, String sql, ConversationKey key)
            throws SQLException {
        try (PreparedStatement statement = transaction.connection().prepareStatement(sql)) {
            Conversations.bindKey(statement, 1, key);
            statement.executeUpdate();
        }
    }

    /** Takes away what need not be remembered any more; if not now, then another time. */
    private void trim() {
        try {
            trimSome();
        } catch (HistoryException e) {
            LOG.warn("old deletions were not trimmed: {}", e.getMessage());
        }
    }

    /** Takes some of what need not be remembered any more away; returns whether there may be more. */
    boolean trimSome() {
        return database.query(TRIM, statement -> {}, ResultSet::next);
    }
}
