package dev.verbatim.postgres;

import dev.verbatim.ConversationKey;
import dev.verbatim.MadeIds;
import dev.verbatim.MessageRow;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** The statement that finds a message by its id, be it brought or made here. */
final class MessageById {
    static final String SQL = """
            SELECT %1$s, %2$s FROM messages m WHERE m.user_id = ? AND m.conversation_id = ? AND m.id = ?
            UNION ALL
            SELECT %1$s, %2$s FROM messages m
            WHERE m.user_id = ? AND m.conversation_id = ? AND m.seq = ? AND m.id IS NULL
            """.formatted(Columns.MESSAGE, Columns.xid("m"));

    /** A row, and the transaction that wrote it, as the row carries it: the lower 32 bits. */
    record Found(MessageRow row, long xid) {}

    private MessageById() {}

    /** What PostgreSQL can be asked for: no NUL, no half of a surrogate pair; no id has these. */
    static boolean canBe(String id) {
        return id.indexOf(0) < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(id);
    }

    static void bind(PreparedStatement statement, ConversationKey key, String id) throws SQLException {
        Conversations.bindKey(statement, 1, key);
        statement.setString(3, id);
        Conversations.bindKey(statement, 4, key);
        statement.setLong(6, MadeIds.seqOf(key.id(), id).orElse(-1));
    }

    /** Of the rows that may be it, the one that is. */
    static Optional<Found> pick(ResultSet rows, String id) throws SQLException {
        while (rows.next()) {
            MessageRow row = Columns.message(rows);
            if (row.id().equals(id)) {
                return Optional.of(new Found(row, rows.getLong("xid")));
            }
        }
        return Optional.empty();
    }

    /** The message as a transaction sees it. */
    static Optional<MessageRow> inTransaction(Transactions.Transaction transaction, ConversationKey key, String id)
            throws SQLException {
        if (!canBe(id)) {
            return Optional.empty();
        }
        try (Query query = transaction.query(SQL)) {
            bind(query.statement(), key, id);
            return pick(query.rows(), id).map(Found::row);
        }
    }
}
