package dev.verbatim.postgres;

import dev.verbatim.ConversationKey;
import dev.verbatim.MadeIds;
import dev.verbatim.Message;
import dev.verbatim.MessageRow;
import dev.verbatim.Slice;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads messages. Each answer is one statement, so that generation, end and lines belong together. */
final class Reads {
    /** The newest so many of those above a floor and up to a ceiling. */
    private static final String RANGE = """
            SELECT c.gen, c.last_seq, (SELECT epoch FROM cache_epoch) AS cache_epoch, %s
            FROM conversations c
            LEFT JOIN messages m ON m.user_id = c.user_id AND m.conversation_id = c.id
              AND m.seq > greatest(?, least(c.last_seq, ?) - ?) AND m.seq <= least(c.last_seq, ?)
            WHERE c.user_id = ? AND c.id = ?
            ORDER BY m.seq
            """.formatted(Columns.MESSAGE);

    private static final String BY_ID = """
            SELECT %1$s, %2$s FROM messages m WHERE m.user_id = ? AND m.conversation_id = ? AND m.id = ?
            UNION ALL
            SELECT %1$s, %2$s FROM messages m
            WHERE m.user_id = ? AND m.conversation_id = ? AND m.seq = ? AND m.id IS NULL
            """.formatted(Columns.MESSAGE, Columns.xid("m"));

    /** Above every seq, and far enough from the largest number to be added to. */
    private static final long HIGHEST = Long.MAX_VALUE / 4;

    private final Database database;

    Reads(Database database) {
        this.database = database;
    }

    Optional<LogSlice> slice(ConversationKey key, Slice slice) {
        long floor = Math.min(slice.after().orElse(0), HIGHEST);
        long ceiling = Math.min(slice.before().orElse(HIGHEST), HIGHEST) - 1;
        if (slice.after().isPresent()) {
            ceiling = Math.min(ceiling, floor + slice.limit());
        }
        return range(key, floor, ceiling, slice.limit());
    }

    Optional<LogSlice> from(ConversationKey key, long fromSeq, long newest) {
        return range(key, Math.max(0, fromSeq - 1), HIGHEST, newest);
    }

    private Optional<LogSlice> range(ConversationKey key, long floor, long ceiling, long newest) {
        return database.query(
                RANGE,
                statement -> {
                    statement.setLong(1, floor);
                    statement.setLong(2, ceiling);
                    statement.setLong(3, newest);
                    statement.setLong(4, ceiling);
                    statement.setObject(5, key.owner());
                    statement.setObject(6, key.id());
                },
                Reads::logSlice);
    }

    private static Optional<LogSlice> logSlice(ResultSet rows) throws SQLException {
        if (!rows.next()) {
            return Optional.empty();
        }
        long gen = rows.getLong("gen");
        long lastSeq = rows.getLong("last_seq");
        long epoch = rows.getLong("cache_epoch");
        List<Message> messages = new ArrayList<>();
        if (rows.getObject("seq") != null) {
            do {
                messages.add(Columns.message(rows).toMessage());
            } while (rows.next());
        }
        return Optional.of(new LogSlice(epoch, gen, lastSeq, messages));
    }

    Optional<StoredMessage> message(ConversationKey key, String messageId) {
        if (!isText(messageId)) {
            return Optional.empty();
        }
        return database.query(
                BY_ID,
                statement -> {
                    statement.setObject(1, key.owner());
                    statement.setObject(2, key.id());
                    statement.setString(3, messageId);
                    statement.setObject(4, key.owner());
                    statement.setObject(5, key.id());
                    statement.setLong(6, MadeIds.seqOf(key.id(), messageId).orElse(-1));
                },
                rows -> firstCalled(messageId, rows));
    }

    /** What PostgreSQL can be asked for: no NUL, no half of a surrogate pair; no id has these. */
    private static boolean isText(String id) {
        return id.indexOf(0) < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(id);
    }

    private static Optional<StoredMessage> firstCalled(String messageId, ResultSet rows) throws SQLException {
        while (rows.next()) {
            MessageRow row = Columns.message(rows);
            if (row.id().equals(messageId)) {
                return Optional.of(new StoredMessage(row.toMessage(), rows.getLong("xid")));
            }
        }
        return Optional.empty();
    }
}
