package dev.verbatim.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** Asks a server for its {@link PostgresVitals}. */
final class VitalStatements {
    private static final String SERVER = """
            SELECT current_setting('server_version'), current_setting('server_version_num')::int, clock_timestamp(),
              current_setting('fsync') = 'on', current_setting('synchronous_commit'),
              (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'),
              current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
                - coalesce(current_setting('reserved_connections', true)::int, 0),
              coalesce((SELECT extract(epoch FROM max(clock_timestamp() - xact_start)) FROM pg_stat_activity
                WHERE datname = current_database() AND backend_type = 'client backend'), 0)
            """;

    private static final String RECORDED = """
            SELECT left(regexp_replace(query, '[[:space:]]+', ' ', 'g'), 100), mean_exec_time FROM pg_stat_statements
            WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database()) AND userid = current_user::regrole
            ORDER BY mean_exec_time DESC LIMIT 5
            """;

    /** Of {@code query} the parameters' values are no part: the driver sends them apart. */
    private static final String RUNNING = """
            SELECT left(regexp_replace(query, '[[:space:]]+', ' ', 'g'), 100),
              extract(epoch FROM clock_timestamp() - query_start) * 1000
            FROM pg_stat_activity WHERE datname = current_database() AND usename = current_user AND state = 'active'
              AND backend_type = 'client backend' AND pid <> pg_backend_pid()
            ORDER BY query_start LIMIT 5
            """;

    private VitalStatements() {}

    static PostgresVitals ask(Connection connection) throws SQLException {
        boolean statistics = records(connection);
        List<PostgresVitals.Statement> slowest = slowest(connection, statistics ? RECORDED : RUNNING);
        try (Statement statement = connection.createStatement()) {
            Instant before = Instant.now();
            try (ResultSet row = statement.executeQuery(SERVER)) {
                Instant after = Instant.now();
                row.next();
                Instant here = before.plus(Duration.between(before, after).dividedBy(2));
                return new PostgresVitals(
                        row.getString(1).split(" ", 2)[0],
                        row.getInt(2),
                        Duration.between(
                                here, row.getObject(3, OffsetDateTime.class).toInstant()),
                        row.getBoolean(4),
                        row.getString(5),
                        row.getInt(6),
                        row.getInt(7),
                        Duration.ofMillis((long) (row.getDouble(8) * 1000)),
                        slowest,
                        statistics);
            }
        }
    }

    /** The extension may be there without the library that it needs: then it cannot be read. */
    private static boolean records(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT to_regclass('pg_stat_statements') IS NOT NULL AND position('pg_stat_statements' IN"
                                + " coalesce(current_setting('shared_preload_libraries', true), '')) > 0")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private static List<PostgresVitals.Statement> slowest(Connection connection, String question) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(question)) {
            List<PostgresVitals.Statement> found = new ArrayList<>();
            while (row.next()) {
                found.add(new PostgresVitals.Statement(
                        row.getString(1), Duration.ofNanos((long) (row.getDouble(2) * 1_000_000))));
            }
            return found;
        }
    }
}
