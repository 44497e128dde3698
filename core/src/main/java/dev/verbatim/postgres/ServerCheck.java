package dev.verbatim.postgres;

import dev.verbatim.InvalidInputException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Refuses a server that could not keep what is promised, with one line that says what to change. */
final class ServerCheck {
    static final int OLDEST_VERSION = 150_000;

    private ServerCheck() {}

    static void check(Connection connection, int ourConnections) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        SELECT current_setting('server_version_num')::int, pg_encoding_to_char(d.encoding),
                          current_setting('fsync'), current_setting('synchronous_commit'), pg_is_in_recovery(),
                          current_setting('transaction_read_only'), current_setting('transaction_isolation'),
                          current_setting('max_connections')::int
                            - current_setting('superuser_reserved_connections')::int
                            - coalesce(current_setting('reserved_connections', true)::int, 0)
                        FROM pg_database d WHERE d.datname = current_database()
                        """)) {
            row.next();
            require(row.getInt(1) >= OLDEST_VERSION, "PostgreSQL must be version 15 or newer");
            require(
                    row.getString(2).equals("UTF8"),
                    "the database's encoding is " + row.getString(2) + "; create it with ENCODING 'UTF8'");
            require(row.getString(3).equals("on"), "fsync is off, so a crash can lose messages; set fsync = on");
            require(
                    !row.getString(4).equals("off"),
                    "synchronous_commit is off, so a crash can lose messages; set synchronous_commit = on");
            require(
                    !row.getBoolean(5) && row.getString(6).equals("off"),
                    "PostgreSQL is a standby or read-only; name the primary");
            require(
                    row.getString(7).equals("read committed"),
                    "default_transaction_isolation is " + row.getString(7) + "; set it to 'read committed'");
            require(
                    row.getInt(8) >= ourConnections,
                    "PostgreSQL leaves " + row.getInt(8)
                            + " connections to ordinary users, and one server here may open " + ourConnections
                            + "; raise max_connections or lower the pool's size");
        }
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new InvalidInputException("databaseUrl", message);
        }
    }
}
