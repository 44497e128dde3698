package dev.verbatim.postgres;

import dev.verbatim.Change;
import dev.verbatim.ConversationKey;
import dev.verbatim.HistoryConfig;
import dev.verbatim.HistoryException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A way to PostgreSQL for what is done by hand, beside services or while none runs: connections as the store opens them,
 * but patient ones. Thread-safe.
 */
public final class Upkeep {
    private static final Duration PATIENCE = Duration.ofHours(6);
    private static final Duration LOCK_PATIENCE = Duration.ofSeconds(5);

    private final Connector connector;

    /** @throws dev.verbatim.InvalidInputException when {@code databaseUrl} is none */
    public Upkeep(String databaseUrl) {
        this(databaseUrl, PATIENCE);
    }

    /** One that waits for an answer no longer than {@code patience}, in seconds. */
    public Upkeep(String databaseUrl, Duration patience) {
        HistoryConfig config =
                HistoryConfig.of(databaseUrl, "redis://unused").withDatabaseTimeouts(patience, LOCK_PATIENCE);
        connector = new Connector(DatabaseUrl.parse(databaseUrl), config);
    }

    /** A new connection; whoever asks closes it. */
    public Connection connect() throws SQLException {
        return connector.connect();
    }

    /** A new connection of a server that is as the store needs it. */
    public Connection connectChecked() throws SQLException {
        Connection connection = connector.connect();
        try {
            ServerCheck.check(connection, 1);
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** Whether PostgreSQL answers there. */
    public boolean answers() {
        try (Connection connection = connector.connect()) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    /** The tables' versions. */
    public Migrations migrations() {
        return new Migrations(connector.once());
    }

    /** Indexes that PostgreSQL began to build and did not finish: it does not use them. */
    public List<String> brokenIndexes() {
        return ask(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(
                            "SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid"
                                    + " JOIN pg_namespace n ON n.oid = c.relnamespace"
                                    + " WHERE NOT i.indisvalid AND n.nspname = current_schema() ORDER BY c.relname")) {
                List<String> names = new ArrayList<>();
                while (row.next()) {
                    names.add(row.getString(1));
                }
                return names;
            }
        });
    }

    /** What the server says of itself. */
    public PostgresVitals vitals() {
        return ask(VitalStatements::ask);
    }

    /**
     * The tables, by their names.
     *
     * @param newest how many of a table's newest rows to show at most
     */
    public List<TableReport> tables(int newest) {
        return ask(connection -> TableStatements.ask(connection, newest));
    }

    /** A conversation's end as it is stored; empty when there is no such conversation. */
    public Optional<Change> end(ConversationKey key) {
        return ask(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(
                    "SELECT gen, last_seq FROM conversations WHERE user_id = ? AND id = ?")) {
                statement.setObject(1, key.owner());
                statement.setObject(2, key.id());
                try (ResultSet row = statement.executeQuery()) {
                    return row.next() ? Optional.of(new Change(key, row.getLong(1), row.getLong(2))) : Optional.empty();
                }
            }
        });
    }

    private interface Question<T> {
        T of(Connection connection) throws SQLException;
    }

    private <T> T ask(Question<T> question) {
        try (Connection connection = connector.connect()) {
            return question.of(connection);
        } catch (SQLException e) {
            throw explain(e);
        }
    }

    /** Removes all tables of the schema, whosever they are, and makes ours anew, empty. There is no way back. */
    public void reset() {
        try (Connection connection = connector.connect();
                Statement statement = connection.createStatement()) {
            // One statement, so one transaction.
            statement.execute("""
                    DO $$ DECLARE it text := quote_ident(current_schema());
                    BEGIN
                      EXECUTE 'DROP SCHEMA ' || it || ' CASCADE';
                      EXECUTE 'CREATE SCHEMA ' || it;
                    END $$""");
        } catch (SQLException e) {
            throw explain(e);
        }
        migrations().migrate();
    }

    /** What a failure is, in words that name no secret. */
    public HistoryException explain(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return state.startsWith("08") || state.startsWith("28") || state.equals("3D000") || state.startsWith("57P")
                ? Setup.explain(connector, e)
                : new HistoryException("PostgreSQL says: " + SqlErrors.reason(e), e);
    }

    /**
     * Within a transaction that puts other data in place: from its commit on nothing that is in Redis counts. Tables that are
     * older than the mark of who wrote the epoch have no epoch that counts once they are brought up to date.
     */
    public static void beginCacheAnew(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet marked = statement.executeQuery("SELECT FROM pg_attribute WHERE NOT attisdropped"
                        + " AND attrelid = to_regclass('cache_epoch') AND attname = 'written'")) {
            if (marked.next()) {
                Epochs.replace(connection);
            }
        }
    }
}
