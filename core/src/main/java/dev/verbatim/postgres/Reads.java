package dev.verbatim.postgres;

import dev.verbatim.ConversationKey;
import dev.verbatim.Message;
import dev.verbatim.Parts;
import dev.verbatim.Slice;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads messages. Each answer is one statement, so that generation, end and lines belong together. */
final class Reads {
    /**
     * The newest so many of those above a floor and up to a ceiling. With a limit of its own the inner query cannot be
     * planned but from the ends on the index: PostgreSQL takes any conversation for a short one, and would read all of it.
     */
    static final String RANGE = """
            SELECT c.gen, c.last_seq, (SELECT epoch FROM cache_epoch) AS cache_epoch, %s
            FROM conversations c
            LEFT JOIN LATERAL (
              SELECT n.* FROM messages n WHERE n.user_id = c.user_id AND n.conversation_id = c.id
                AND n.seq > greatest(?, least(c.last_seq, ?) - ?) AND n.seq <= least(c.last_seq, ?)
              ORDER BY n.seq LIMIT ?) m ON true
            WHERE c.user_id = ? AND c.id = ?
            ORDER BY m.seq
            """.formatted(Columns.MESSAGE);

    /** Those that follow a number, as long as those before them are not large enough for a part. */
    private static final String PART = """
            SELECT c.gen, c.last_seq, (SELECT epoch FROM cache_epoch) AS cache_epoch, %1$s
            FROM conversations c
            LEFT JOIN LATERAL (
              SELECT n.*, sum(octet_length(n.body) + %2$d) OVER (ORDER BY n.seq ROWS UNBOUNDED PRECEDING)
                - octet_length(n.body) - %2$d AS before
              FROM messages n WHERE n.user_id = c.user_id AND n.conversation_id = c.id AND n.seq > ?
              ORDER BY n.seq LIMIT %3$d) m ON m.before < %4$d
            WHERE c.user_id = ? AND c.id = ?
            ORDER BY m.seq
            """.formatted(
                    Columns.MESSAGE, Parts.BYTES_BESIDE_BODY, Parts.BYTES / Parts.BYTES_BESIDE_BODY + 1, Parts.BYTES);

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
        return database.queryByKey(
                RANGE,
                statement -> {
                    statement.setLong(1, floor);
                    statement.setLong(2, ceiling);
                    statement.setLong(3, newest);
                    statement.setLong(4, ceiling);
                    statement.setLong(5, newest);
                    Conversations.bindKey(statement, 6, key);
                },
                Reads::logSlice);
    }

    Optional<LogSlice> part(ConversationKey key, long afterSeq) {
        return database.query(
                PART,
                statement -> {
                    statement.setLong(1, afterSeq);
                    Conversations.bindKey(statement, 2, key);
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
        if (!MessageById.canBe(messageId)) {
            return Optional.empty();
        }
        return database.query(
                MessageById.SQL,
                statement -> MessageById.bind(statement, key, messageId),
                rows -> MessageById.pick(rows, messageId)
                        .map(found -> new StoredMessage(found.row().toMessage(), found.xid())));
    }
}
