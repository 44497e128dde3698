package dev.verbatim.postgres;

import dev.verbatim.HistoryConfig;
import dev.verbatim.HistoryException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

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

    /** What a failure is, in words that name no secret. */
    public HistoryException explain(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return state.startsWith("08") || state.startsWith("28") || state.equals("3D000") || state.startsWith("57P")
                ? Setup.explain(connector, e)
                : new HistoryException("PostgreSQL says: " + SqlErrors.reason(e), e);
    }

    /** Within a transaction that puts other data in place: from its commit on nothing that is in Redis counts. */
    public static void beginCacheAnew(Connection connection) throws SQLException {
        Epochs.replace(connection);
    }
}
