package dev.verbatim.embedded;

import java.sql.DriverManager;
import java.sql.SQLException;

/** One statement, one connection. */
final class Sql {
    /** How often PostgreSQL has synced its log to disk; 18 counts that here, not in pg_stat_wal as before. */
    static final String WAL_SYNCS = "SELECT sum(fsyncs)::text FROM pg_stat_io WHERE object = 'wal'";

    private Sql() {}

    static void run(String url, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column of the first row, as text. */
    static String value(String url, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "no row";
        }
    }

    /** The same, or the error, for polling while a server comes back. */
    static String valueOrError(String url, String sql) {
        try {
            return value(url, sql);
        } catch (SQLException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
