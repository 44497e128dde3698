package dev.verbatim.bench.rival;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Two plain tables, conversations with a counter and messages with a number, written by prepared statements. */
final class Tables implements AutoCloseable {
    private static final String SCHEMA = """
            CREATE TABLE IF NOT EXISTS conversations (id text PRIMARY KEY, last_seq bigint NOT NULL)
              WITH (fillfactor = 70);
            CREATE TABLE IF NOT EXISTS messages (
              conversation_id text NOT NULL,
              seq             bigint NOT NULL,
              role            text NOT NULL,
              content         text NOT NULL,
              created_at      timestamptz NOT NULL DEFAULT now(),
              PRIMARY KEY (conversation_id, seq))""";

    /** Makes a number of messages at once; also one. */
    private static final String APPEND = """
            WITH counted AS (UPDATE conversations SET last_seq = last_seq + ? WHERE id = ? RETURNING last_seq)
            INSERT INTO messages (conversation_id, seq, role, content)
            SELECT ?, counted.last_seq - ? + said.place, said.role, said.content
            FROM counted, unnest(?::text[], ?::text[]) WITH ORDINALITY AS said(role, content, place)""";

    /** The same for one message, without arrays. */
    private static final String APPEND_ONE = """
            WITH counted AS (UPDATE conversations SET last_seq = last_seq + 1 WHERE id = ? RETURNING last_seq)
            INSERT INTO messages (conversation_id, seq, role, content) SELECT ?, last_seq, ?, ? FROM counted""";

    private static final String CREATE =
            "INSERT INTO conversations (id, last_seq) VALUES (?, 0) ON CONFLICT DO NOTHING";

    private static final String NEWEST =
            "SELECT role, content FROM messages WHERE conversation_id = ? ORDER BY seq DESC LIMIT " + Rival.WINDOW;

    private final HikariDataSource pool;

    Tables(String url) {
        pool = Pools.open(url);
        Pools.run(pool, SCHEMA);
    }

    void create(String conversation) {
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = connection.prepareStatement(CREATE)) {
            statement.setString(1, conversation);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void append(String conversation, Said message) {
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = connection.prepareStatement(APPEND_ONE)) {
            statement.setString(1, conversation);
            statement.setString(2, conversation);
            statement.setString(3, message.role());
            statement.setString(4, message.content());
            check(statement.executeUpdate(), 1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void append(String conversation, List<Said> messages) {
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = connection.prepareStatement(APPEND)) {
            statement.setInt(1, messages.size());
            statement.setString(2, conversation);
            statement.setString(3, conversation);
            statement.setInt(4, messages.size());
            statement.setArray(
                    5,
                    connection.createArrayOf(
                            "text", messages.stream().map(Said::role).toArray()));
            statement.setArray(
                    6,
                    connection.createArrayOf(
                            "text", messages.stream().map(Said::content).toArray()));
            check(statement.executeUpdate(), messages.size());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void check(int stored, int wanted) {
        if (stored != wanted) {
            throw new IllegalStateException("stored " + stored + " messages, not " + wanted);
        }
    }

    List<Said> newest(String conversation) {
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = connection.prepareStatement(NEWEST)) {
            statement.setString(1, conversation);
            List<Said> found = new ArrayList<>(Rival.WINDOW);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(new Said(rows.getString(1), rows.getString(2)));
                }
            }
            Collections.reverse(found);
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
