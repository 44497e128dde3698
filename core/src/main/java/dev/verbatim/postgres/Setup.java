package dev.verbatim.postgres;

import dev.verbatim.HistoryException;
import dev.verbatim.InvalidInputException;
import dev.verbatim.UnavailableException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** What is done once at the start: the server is looked at, the tables are brought to this version, there is an epoch. */
final class Setup {
    private final Connector connector;

    Setup(Connector connector) {
        this.connector = connector;
    }

    void run(int ourConnections) {
        try (Connection connection = connector.connect()) {
            ServerCheck.check(connection, ourConnections);
            new Migrations(connector.once()).migrate();
            makeEpoch(connection);
        } catch (SQLException e) {
            throw explain(connector, e);
        }
    }

    private static void makeEpoch(Connection connection) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO cache_epoch (epoch) VALUES (?) ON CONFLICT DO NOTHING")) {
            insert.setLong(1, new SecureRandom().nextLong());
            insert.executeUpdate();
        }
    }

    /** The exception for one that keeps from beginning. */
    static HistoryException explain(Connector connector, SQLException e) {
        String state = String.valueOf(e.getSQLState());
        UnavailableException away = connector.away(e);
        // Not allowed in, no such database, no right to make tables, no trust: trying again will not help.
        return TlsErrors.explain(e) != null || state.startsWith("28") || state.equals("3D000") || state.equals("42501")
                ? new InvalidInputException("databaseUrl", String.valueOf(away.getMessage()))
                : away;
    }
}
