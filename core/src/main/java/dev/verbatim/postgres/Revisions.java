package dev.verbatim.postgres;

import dev.verbatim.Conversation;
import dev.verbatim.ConversationKey;
import dev.verbatim.ConversationNotFoundException;
import dev.verbatim.GenerationChangedException;
import dev.verbatim.Message;
import dev.verbatim.MessageEdit;
import dev.verbatim.MessageRow;
import dev.verbatim.Times;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Changes and takes away messages that are stored. Each holds the conversation's row first, as appends do, and gives the
 * conversation a new generation and a row of the change log in the same transaction.
 */
final class Revisions {
    private static final String EDIT = """
            UPDATE messages SET role = ?, tokens_used = ?, latency_ms = ?, model = ?, body = ?
            WHERE user_id = ? AND conversation_id = ? AND seq = ?
            """;

    private static final String TRUNCATE = "DELETE FROM messages WHERE user_id = ? AND conversation_id = ? AND seq > ?";

    /** The generation is taken while the row is held, so that later ones are larger. */
    private static final String NEW_GENERATION = """
            WITH changed AS (
              UPDATE conversations SET gen = nextval('generations'), last_seq = ?,
                updated_at = ?::timestamptz, active_minute = ?::timestamptz
              WHERE user_id = ? AND id = ? RETURNING user_id, id, gen, last_seq)
            INSERT INTO change_log (user_id, id, gen, seq, kind)
            SELECT user_id, id, gen, last_seq, 'conversation' FROM changed RETURNING xid::text, gen
            """;

    private final Transactions transactions;
    private final Duration lockTimeout;

    Revisions(Transactions transactions, Duration lockTimeout) {
        this.transactions = transactions;
        this.lockTimeout = lockTimeout;
    }

    Revised<Optional<Message>> edit(ConversationKey key, String conversationId, String messageId, MessageEdit edit) {
        return transactions.run(lockTimeout, transaction -> {
            LockedRow held = hold(transaction, key, conversationId, edit.ifGen());
            Optional<MessageRow> row = MessageById.inTransaction(transaction, key, messageId);
            Optional<MessageRow> edited = row.map(edit::applyTo);
            long gen = held.gen();
            if (edited.equals(row)) {
                transaction.readOnly();
            } else {
                write(transaction, key, edited.orElseThrow());
                gen = newGeneration(transaction, held, held.lastSeq());
            }
            return new Revised<>(edited.map(MessageRow::toMessage), gen, held.lastSeq());
        });
    }

    Conversation truncate(ConversationKey key, String conversationId, long afterSeq, OptionalLong ifGen) {
        return transactions.run(Transactions.LONGEST, lockTimeout, transaction -> {
            LockedRow held = hold(transaction, key, conversationId, ifGen);
            if (afterSeq >= held.lastSeq()) {
                transaction.readOnly();
            } else {
                try (PreparedStatement delete = transaction.connection().prepareStatement(TRUNCATE)) {
                    Conversations.bindKey(delete, 1, key);
                    delete.setLong(3, afterSeq);
                    delete.executeUpdate();
                }
                newGeneration(transaction, held, afterSeq);
            }
            return Conversations.inTransaction(transaction, key).orElseThrow();
        });
    }

    private static LockedRow hold(
            Transactions.Transaction transaction, ConversationKey key, String conversationId, OptionalLong ifGen)
            throws SQLException {
        LockedRow held = AppendStatements.lock(transaction, List.of(key), true).get(key);
        if (held == null) {
            throw new ConversationNotFoundException(conversationId);
        }
        if (ifGen.isPresent() && ifGen.getAsLong() != held.gen()) {
            throw new GenerationChangedException(ifGen.getAsLong(), held.gen());
        }
        return held;
    }

    private static void write(Transactions.Transaction transaction, ConversationKey key, MessageRow row)
            throws SQLException {
        try (PreparedStatement statement = transaction.connection().prepareStatement(EDIT)) {
            statement.setString(1, row.role());
            statement.setObject(2, Columns.orNull(row.tokensUsed()), Types.INTEGER);
            statement.setObject(3, Columns.orNull(row.latencyMs()), Types.INTEGER);
            statement.setString(4, row.model());
            statement.setString(5, row.body());
            Conversations.bindKey(statement, 6, key);
            statement.setLong(8, row.seq());
            statement.executeUpdate();
        }
    }

    private static long newGeneration(Transactions.Transaction transaction, LockedRow held, long lastSeq)
            throws SQLException {
        ConversationKey key = held.key();
        try (Query query = transaction.query(NEW_GENERATION)) {
            PreparedStatement statement = query.statement();
            statement.setLong(1, lastSeq);
            statement.setString(2, Times.format(held.now()));
            statement.setString(3, Times.format(held.now().truncatedTo(ChronoUnit.MINUTES)));
            Conversations.bindKey(statement, 4, key);
            try (ResultSet row = query.rows()) {
                row.next();
                transaction.witness(new Witness(row.getString("xid"), key.owner(), key.id()));
                return row.getLong("gen");
            }
        }
    }
}
