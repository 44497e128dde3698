package dev.verbatim.postgres;

import dev.verbatim.Change;
import dev.verbatim.Conversation;
import dev.verbatim.ConversationKey;
import dev.verbatim.ConversationNotFoundException;
import dev.verbatim.ConversationUpdate;
import dev.verbatim.GenerationChangedException;
import dev.verbatim.InvalidInputException;
import dev.verbatim.ListCursor;
import dev.verbatim.ListQuery;
import dev.verbatim.Page;
import dev.verbatim.Times;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;

/** Reads, lists and renames conversations. */
final class Conversations {
    /** What {@link #end} reads beside the conversation itself. */
    private static final String END = Columns.xid("c") + ", (SELECT epoch FROM cache_epoch) AS cache_epoch";

    private static final String GET =
            "SELECT " + Columns.CONVERSATION + ", " + END + " FROM conversations c WHERE c.user_id = ? AND c.id = ?";

    /**
     * The minute alone narrows the index down; time and id, which follow it, make the order whole. All of a minute are
     * looked at for that, so nothing but their order: what is shown is read for the page alone, and of a long message only
     * the beginning.
     */
    private static final String LIST = """
            SELECT p.*, (SELECT left(m.body, 4096) FROM messages m
                WHERE m.user_id = p.user_id AND m.conversation_id = p.id AND m.seq = p.last_seq) AS beginning
            FROM (
              SELECT c.user_id, c.id FROM conversations c
              WHERE c.user_id = ? AND c.active_minute <= ? AND c.active_minute > '-infinity' AND (c.updated_at, c.id) < (?, ?)
                AND (?::text IS NULL OR position(lower(?::text) IN lower(c.title)) > 0)
              ORDER BY c.active_minute DESC, c.updated_at DESC, c.id DESC LIMIT ?) k
            CROSS JOIN LATERAL (
              SELECT c.user_id, c.id, %s, %s FROM conversations c WHERE c.user_id = k.user_id AND c.id = k.id OFFSET 0) p
            ORDER BY p.updated_us DESC, p.id DESC
            """.formatted(Columns.CONVERSATION, END);

    private static final String LIST_ALL = """
            SELECT c.id, %s, %s FROM conversations c WHERE c.user_id = ? AND c.id > ? ORDER BY c.id LIMIT ?
            """.formatted(Columns.CONVERSATION, END);

    /** Waits for the row, and gives its generation as it is then. */
    private static final String HOLD = "SELECT gen FROM conversations WHERE user_id = ? AND id = ? FOR NO KEY UPDATE";

    private static final String UPDATE = """
            UPDATE conversations c
            SET title = CASE WHEN ? THEN ? ELSE c.title END, metadata = CASE WHEN ? THEN ? ELSE c.metadata END
            WHERE c.user_id = ? AND c.id = ? RETURNING %s
            """.formatted(Columns.CONVERSATION);

    private static final String SET_ACTIVE = """
            UPDATE conversations SET updated_at = ?::timestamptz, active_minute = date_trunc('minute', ?::timestamptz, 'UTC')
            WHERE user_id = ? AND id = ? AND gen = ? AND last_seq = ? RETURNING id
            """;

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final ListCursor START =
            new ListCursor(Instant.parse("9999-12-31T23:59:59.999999Z"), new UUID(-1, -1));

    private final Database database;
    private final Transactions transactions;
    private final Duration lockTimeout;

    Conversations(Database database, Transactions transactions, Duration lockTimeout) {
        this.database = database;
        this.transactions = transactions;
        this.lockTimeout = lockTimeout;
    }

    Shown<Optional<Conversation>> get(ConversationKey key) {
        return database.query(GET, statement -> bindKey(statement, 1, key), row -> shown(key, row));
    }

    private static Shown<Optional<Conversation>> shown(ConversationKey key, ResultSet row) throws SQLException {
        Optional<Conversation> found = optional(row);
        return found.isEmpty()
                ? new Shown<>(found, 0, List.of())
                : new Shown<>(found, row.getLong("cache_epoch"), List.of(end(key, row)));
    }

    private static Shown.End end(ConversationKey key, ResultSet row) throws SQLException {
        return new Shown.End(new Change(key, row.getLong("gen"), row.getLong("last_seq")), row.getLong("xid"));
    }

    /** {@link #get} as part of a transaction. */
    static Optional<Conversation> inTransaction(Transactions.Transaction transaction, ConversationKey key)
            throws SQLException {
        try (Query query = transaction.query(GET)) {
            bindKey(query.statement(), 1, key);
            return optional(query.rows());
        }
    }

    private static Optional<Conversation> optional(ResultSet row) throws SQLException {
        return row.next() ? Optional.of(Columns.conversation(row)) : Optional.empty();
    }

    Shown<Page<Conversation>> list(UUID owner, ListQuery query) {
        ListCursor after = place(query);
        return database.query(
                LIST,
                statement -> {
                    statement.setObject(1, owner);
                    statement.setObject(2, Columns.comparable(after.updatedAt().truncatedTo(ChronoUnit.MINUTES)));
                    statement.setObject(3, Columns.comparable(after.updatedAt()));
                    statement.setObject(4, after.id());
                    statement.setString(5, query.titleContains());
                    statement.setString(6, query.titleContains());
                    // One more than asked for tells whether there is a next page.
                    statement.setInt(7, query.limit() + 1);
                },
                rows -> page(
                        owner,
                        rows,
                        query.limit(),
                        row -> Columns.conversation(row).previewing(row.getString("beginning")),
                        (last, key) -> new ListCursor(last.updatedAt(), key).encode()));
    }

    Shown<Page<Conversation>> listAll(UUID owner, UUID after, int limit) {
        return database.query(
                LIST_ALL,
                statement -> {
                    statement.setObject(1, owner);
                    statement.setObject(2, after);
                    statement.setInt(3, limit + 1);
                },
                rows -> page(owner, rows, limit, Columns::conversation, (last, key) -> last.id()));
    }

    void setActive(ConversationKey key, Conversation taken, Instant time) {
        boolean unused = database.query(
                SET_ACTIVE,
                statement -> {
                    statement.setString(1, Times.format(time));
                    statement.setString(2, Times.format(time));
                    bindKey(statement, 3, key);
                    statement.setLong(5, taken.gen());
                    statement.setLong(6, taken.lastSeq());
                },
                ResultSet::next);
    }

    private static ListCursor place(ListQuery query) {
        String after = query.after();
        ListCursor place = after == null ? START : ListCursor.decode(after);
        if (place.updatedAt().isBefore(EARLIEST) || place.updatedAt().isAfter(START.updatedAt())) {
            throw new InvalidInputException("after", "after must be the \"next\" of a page of this list");
        }
        return place;
    }

    /** @param next makes a page's {@code next} of its last conversation and the UUID of that one's key */
    private static Shown<Page<Conversation>> page(
            UUID owner,
            ResultSet rows,
            int limit,
            Database.Reader<Conversation> mapper,
            BiFunction<Conversation, UUID, String> next)
            throws SQLException {
        List<Conversation> found = new ArrayList<>();
        List<Shown.End> ends = new ArrayList<>();
        long epoch = 0;
        String leadsOn = null;
        UUID last = new UUID(0, 0);
        while (rows.next()) {
            if (found.size() == limit) {
                leadsOn = next.apply(found.getLast(), last);
                break;
            }
            found.add(mapper.read(rows));
            last = rows.getObject("id", UUID.class);
            ends.add(end(new ConversationKey(owner, last), rows));
            epoch = rows.getLong("cache_epoch");
        }
        return new Shown<>(new Page<>(found, leadsOn), epoch, ends);
    }

    Conversation update(ConversationKey key, String conversationId, ConversationUpdate update) {
        return transactions.run(lockTimeout, transaction -> {
            long gen = hold(transaction, key, conversationId);
            long wanted = update.ifGen().orElse(gen);
            if (wanted != gen) {
                throw new GenerationChangedException(wanted, gen);
            }
            try (Query query = transaction.query(UPDATE)) {
                PreparedStatement statement = query.statement();
                statement.setBoolean(1, update.setsTitle());
                statement.setString(2, update.title());
                statement.setBoolean(3, update.setsMetadata());
                statement.setString(4, update.metadata());
                bindKey(statement, 5, key);
                try (ResultSet row = query.rows()) {
                    row.next();
                    return Columns.conversation(row);
                }
            }
        });
    }

    private static long hold(Transactions.Transaction transaction, ConversationKey key, String conversationId)
            throws SQLException {
        try (Query query = transaction.query(HOLD)) {
            bindKey(query.statement(), 1, key);
            try (ResultSet row = query.rows()) {
                if (!row.next()) {
                    throw new ConversationNotFoundException(conversationId);
                }
                return row.getLong("gen");
            }
        }
    }

    static void bindKey(PreparedStatement statement, int at, ConversationKey key) throws SQLException {
        statement.setObject(at, key.owner());
        statement.setObject(at + 1, key.id());
    }
}
