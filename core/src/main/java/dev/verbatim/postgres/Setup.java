package dev.verbatim.postgres;

import dev.verbatim.HistoryException;
import dev.verbatim.InvalidInputException;
import dev.verbatim.UnavailableException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** What is done once at the start: the server is looked at, the tables are brought to this version, there is an epoch. */
final class Setup {
    private final Connector connector;

    Setup(Connector connector) {
        this.connector = connector;
    }

    void run(int ourConnections) {
        try (Connection connection = connector.connect()) {
            ServerCheck.check(connection, ourConnections);
            migrate();
            makeEpoch(connection);
        } catch (SQLException e) {
            throw explain(e);
        }
    }

    /** Flyway locks by a transaction's advisory lock, so two servers may start at once, PgBouncer between or not. */
    private void migrate() {
        try {
            Flyway.configure(Setup.class.getClassLoader())
                    .dataSource(connector.once())
                    .locations("classpath:db/migration")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new HistoryException(
                    "the tables could not be made or brought up to date: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                    e);
        }
    }

    private static void makeEpoch(Connection connection) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO cache_epoch (epoch) VALUES (?) ON CONFLICT DO NOTHING")) {
            insert.setLong(1, new SecureRandom().nextLong());
            insert.executeUpdate();
        }
    }

    private RuntimeException explain(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        UnavailableException away = connector.away(e);
        // Not allowed in, no such database, no right to make tables, no trust: trying again will not help.
        return TlsErrors.explain(e) != null || state.startsWith("28") || state.equals("3D000") || state.equals("42501")
                ? new InvalidInputException("databaseUrl", String.valueOf(away.getMessage()))
                : away;
    }
}
