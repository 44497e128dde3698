package dev.verbatim.postgres;

import dev.verbatim.ConversationKey;
import dev.verbatim.MessageText;
import dev.verbatim.search.IndexWords;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings conversations into the index, each up to where it is. Under a generation that the index knows only messages behind
 * its end are new. Under another one each row of the index is compared with the version of its message, so that an edit of
 * a long conversation costs little.
 */
final class SearchWriter {
    private static final String STATE = """
            SELECT c.user_id, c.id, c.gen, c.last_seq, c.title, s.gen AS known_gen, s.seq AS known_seq,
              s.title IS DISTINCT FROM c.title AS retitled
            FROM unnest(?::uuid[], ?::uuid[]) AS k (user_id, id)
            JOIN conversations c ON c.user_id = k.user_id AND c.id = k.id
            LEFT JOIN search_conversations s ON s.user_id = c.user_id AND s.id = c.id
            """;

    private static final String KNOWN = """
            INSERT INTO search_conversations (user_id, id, gen, seq, title, title_words)
            VALUES (?, ?, ?, ?, ?, array_to_tsvector(string_to_array(?, E'\\n')))
            ON CONFLICT (user_id, id) DO UPDATE SET gen = excluded.gen, seq = excluded.seq, title = excluded.title,
              title_words = excluded.title_words
            """;

    private static final String MOVED = "UPDATE search_conversations SET gen = ?, seq = ? WHERE user_id = ? AND id = ?";

    private static final String MESSAGES = """
            SELECT m.seq, m.xmin::text::bigint AS version, m.created_at::text AS created_at, m.body
            FROM messages m LEFT JOIN search_messages x
              ON x.user_id = m.user_id AND x.conversation_id = m.conversation_id AND x.seq = m.seq
            WHERE m.user_id = ? AND m.conversation_id = ? AND m.seq > ? AND m.seq <= ?
              AND (x.seq IS NULL OR x.version <> m.xmin::text::bigint)
            ORDER BY m.seq LIMIT ?
            """;

    private static final String CUT =
            "DELETE FROM search_messages WHERE user_id = ? AND conversation_id = ? AND seq > ?";

    private static final String WRITE = """
            INSERT INTO search_messages (user_id, conversation_id, seq, version, created_at, words)
            SELECT k.user_id, k.conversation_id, k.seq, k.version, k.created_at,
              array_to_tsvector(string_to_array(k.words, E'\\n'))
            FROM unnest(?::uuid[], ?::uuid[], ?::bigint[], ?::bigint[], ?::timestamptz[], ?::text[])
              AS k (user_id, conversation_id, seq, version, created_at, words)
            ON CONFLICT (user_id, conversation_id, seq) DO UPDATE SET version = excluded.version, words = excluded.words
            """;

    private static final String DONE = """
            DELETE FROM search_queue q USING unnest(?::uuid[], ?::uuid[]) AS k (user_id, id)
            WHERE q.user_id = k.user_id AND q.id = k.id
            """;

    private record State(
            ConversationKey key,
            long gen,
            long lastSeq,
            @Nullable String title,
            boolean known,
            long knownGen,
            long knownSeq,
            boolean retitled) {}

    private record Row(ConversationKey key, long seq, long version, String createdAt, String words) {}

    private final Connection connection;
    private final List<Row> rows = new ArrayList<>();
    private int messagesLeft;
    private long charactersLeft;

    SearchWriter(Connection connection, int mostMessages, long mostCharacters) {
        this.connection = connection;
        this.messagesLeft = mostMessages;
        this.charactersLeft = mostCharacters;
    }

    /** Indexes what it may of {@code keys}, and takes those that are done out of the queue, with those that are gone. */
    void index(List<ConversationKey> keys) throws SQLException {
        List<ConversationKey> done = new ArrayList<>(keys);
        for (State state : states(keys)) {
            if (messagesLeft <= 0 || charactersLeft <= 0 || !index(state)) {
                done.remove(state.key());
            }
        }
        write();
        try (PreparedStatement delete = connection.prepareStatement(DONE)) {
            AppendStatements.bindKeys(connection, delete, done);
            delete.executeUpdate();
        }
    }

    private List<State> states(List<ConversationKey> keys) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(STATE)) {
            AppendStatements.bindKeys(connection, statement, keys);
            try (ResultSet row = statement.executeQuery()) {
                List<State> states = new ArrayList<>();
                while (row.next()) {
                    states.add(new State(
                            AppendStatements.key(row, "id"),
                            row.getLong("gen"),
                            row.getLong("last_seq"),
                            row.getString("title"),
                            row.getObject("known_gen") != null,
                            row.getLong("known_gen"),
                            row.getLong("known_seq"),
                            row.getBoolean("retitled")));
                }
                return states;
            }
        }
    }

    /** Whether all of it is indexed now. */
    private boolean index(State state) throws SQLException {
        boolean changed = state.known() && state.knownGen() != state.gen();
        long from = changed ? 0 : state.knownSeq();
        if (changed) {
            cut(state);
        }
        long to = read(state.key(), from, state.lastSeq());
        boolean whole = to == state.lastSeq();
        // Until all rows were compared, the index stays one of the generation before.
        note(state, changed && !whole ? state.knownGen() : state.gen(), changed && !whole ? state.knownSeq() : to);
        return whole;
    }

    /** Reads messages that are to be indexed; gives up to which one they now are. */
    private long read(ConversationKey key, long from, long lastSeq) throws SQLException {
        if (from == lastSeq) {
            return lastSeq;
        }
        try (PreparedStatement statement = connection.prepareStatement(MESSAGES)) {
            Conversations.bindKey(statement, 1, key);
            statement.setLong(3, from);
            statement.setLong(4, lastSeq);
            statement.setInt(5, messagesLeft);
            int read = 0;
            long to = from;
            int most = messagesLeft;
            try (ResultSet row = statement.executeQuery()) {
                while (charactersLeft > 0 && row.next()) {
                    to = row.getLong("seq");
                    String text = MessageText.all(row.getString("body"));
                    String words = IndexWords.of(key.owner(), text);
                    rows.add(new Row(key, to, row.getLong("version"), row.getString("created_at"), words));
                    charactersLeft -= text.length() + 1L;
                    read++;
                }
            }
            messagesLeft -= read;
            return read < most && charactersLeft > 0 ? lastSeq : to;
        }
    }

    private void note(State state, long gen, long seq) throws SQLException {
        if (state.known() && !state.retitled()) {
            try (PreparedStatement update = connection.prepareStatement(MOVED)) {
                update.setLong(1, gen);
                update.setLong(2, seq);
                Conversations.bindKey(update, 3, state.key());
                update.executeUpdate();
            }
            return;
        }
        @Nullable String title = state.title();
        try (PreparedStatement insert = connection.prepareStatement(KNOWN)) {
            Conversations.bindKey(insert, 1, state.key());
            insert.setLong(3, gen);
            insert.setLong(4, seq);
            insert.setString(5, title);
            insert.setString(6, title == null ? "" : IndexWords.of(state.key().owner(), title));
            insert.executeUpdate();
        }
    }

    private void cut(State state) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(CUT)) {
            Conversations.bindKey(delete, 1, state.key());
            delete.setLong(3, state.lastSeq());
            delete.executeUpdate();
        }
    }

    private void write() throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(WRITE)) {
            insert.setArray(1, Columns.uuids(connection, rows, row -> row.key().owner()));
            insert.setArray(2, Columns.uuids(connection, rows, row -> row.key().id()));
            insert.setArray(3, Columns.array(connection, ArrayType.INT8, rows, Row::seq));
            insert.setArray(4, Columns.array(connection, ArrayType.INT8, rows, Row::version));
            insert.setArray(5, Columns.array(connection, ArrayType.TEXT, rows, Row::createdAt));
            insert.setArray(6, Columns.array(connection, ArrayType.TEXT, rows, Row::words));
            insert.executeUpdate();
        }
    }
}
