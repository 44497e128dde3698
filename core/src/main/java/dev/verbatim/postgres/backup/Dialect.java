package dev.verbatim.postgres.backup;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** How values are written, whatever the server's settings are, so that each server reads them alike. */
final class Dialect {
    private Dialect() {}

    static void begin(Connection connection, String mode) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TRANSACTION " + mode);
            statement.execute("SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL IntervalStyle = 'postgres';"
                    + " SET LOCAL TimeZone = 'UTC'; SET LOCAL extra_float_digits = 3; SET LOCAL bytea_output = 'hex';"
                    + " SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0");
        }
    }
}
