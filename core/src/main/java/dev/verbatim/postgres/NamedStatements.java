package dev.verbatim.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;
import org.postgresql.PGStatement;

/**
 * Statements that a server keeps parsed and planned under a name. A name lives in one server connection: behind a pooler
 * that gives each transaction another one, as PgBouncer does in transaction mode, the name may be unknown there, or be that
 * of another statement. Such a pooler answers with a process id of its own when a connection is made.
 */
final class NamedStatements {
    /** As the driver's threshold: no statement gets a name by itself, and there may be some. */
    private static final int ONLY_WHEN_ASKED = Integer.MAX_VALUE;

    private NamedStatements() {}

    /** Lets the statements of a new {@code connection} have names if it leads to one server process. */
    static void allow(Connection connection) throws SQLException {
        PGConnection driver = connection.unwrap(PGConnection.class);
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            if (row.getInt(1) == driver.getBackendPID()) {
                driver.setPrepareThreshold(ONLY_WHEN_ASKED);
            }
        }
    }

    /** Prepares {@code sql}, by name if the connection may. */
    static PreparedStatement prepare(Connection connection, String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        if (connection.unwrap(PGConnection.class).getPrepareThreshold() == ONLY_WHEN_ASKED) {
            statement.unwrap(PGStatement.class).setPrepareThreshold(1);
        }
        return statement;
    }
}
