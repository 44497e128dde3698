package dev.verbatim.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verbatim.HistoryException;
import dev.verbatim.postgres.Migrations.Migration;
import dev.verbatim.postgres.Migrations.State;
import dev.verbatim.testkit.RealServers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Tables on their way from one version to the next. */
class MigrationsTest {
    private final String database = RealServers.newDatabase();
    private final Upkeep upkeep = new Upkeep(database);

    @Test
    void manyThatMigrateAtOnceDoItOnce() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> done = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                done.add(threads.submit(() -> new Upkeep(database).migrations().migrate()));
            }
            int sum = 0;
            for (Future<Integer> one : done) {
                sum += one.get();
            }
            assertThat(sum).isEqualTo(Migrations.texts().size());
        }
        assertThat(upkeep.migrations().all()).extracting(Migration::state).containsOnly(State.DONE);
    }

    @Test
    void whatFailsIsUndoneAndTriedAgain() throws Exception {
        upkeep.migrations().migrateTo("1");
        // In the way of the second migration, whose first statement then has been done already.
        sql("CREATE TABLE cache_nodes (other int)");
        assertThatThrownBy(() -> upkeep.migrations().migrate())
                .isInstanceOf(HistoryException.class)
                .hasMessageContaining("schema status");
        assertThat(states()).startsWith(State.DONE, State.PENDING, State.PENDING);
        sql("DROP TABLE cache_nodes");

        assertThat(upkeep.migrations().migrate()).isEqualTo(Migrations.texts().size() - 1);
        assertThat(states()).containsOnly(State.DONE);
    }

    @Test
    void whatBrokeOffHalfWayIsShownAndCanBeTriedAgain() throws Exception {
        upkeep.migrations().migrateTo("2");
        sql(
                "INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, checksum, installed_by,"
                        + " execution_time, success) VALUES (3, '3', 'epoch written', 'SQL', 'V3__epoch_written.sql', 1, 'x', 1, false)");
        assertThat(states()).startsWith(State.DONE, State.DONE, State.FAILED);
        assertThatThrownBy(() -> upkeep.migrations().migrate()).isInstanceOf(HistoryException.class);

        upkeep.migrations().forgetFailed();
        upkeep.migrations().migrate();
        assertThat(states()).containsOnly(State.DONE);
    }

    @Test
    void whatANewerProgramDidIsShown() throws Exception {
        upkeep.migrations().migrate();
        sql(
                "INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, checksum, installed_by,"
                        + " execution_time, success) VALUES (999, '999', 'new', 'SQL', 'V999__new.sql', 1, 'x', 1, true)");
        assertThat(states()).endsWith(State.UNKNOWN);
    }

    @Test
    void anIndexThatWasNotBuiltToItsEndIsFound() throws Exception {
        sql("CREATE TABLE twice AS SELECT 1 AS x FROM generate_series(1, 2)");
        assertThatThrownBy(() -> sql("CREATE UNIQUE INDEX CONCURRENTLY half ON twice (x)"))
                .hasMessageContaining("half");
        assertThat(upkeep.brokenIndexes()).containsExactly("half");
    }

    @Test
    void queryLogsPutInByHandAreKeptWhenTheyAreDividedIntoMonths() throws Exception {
        upkeep.migrations().migrateTo("6");
        sql("INSERT INTO users (id, dept_id) VALUES ('00000000-0000-0000-0000-000000000001', 'd')");
        sql("INSERT INTO query_logs (user_id, id, response_time_ms, query, created_at)"
                + " SELECT u.id, gen_random_uuid(), n, 'q' || n, '2026-01-31 23:00Z'::timestamptz + n * interval '1 hour'"
                + " FROM users u, generate_series(0, 2) AS n");
        upkeep.migrations().migrate();
        try (Connection connection = DriverManager.getConnection(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT (SELECT count(*) FROM query_logs_2026_01),"
                        + " (SELECT count(*) FROM query_logs_2026_02), (SELECT count(*) FROM query_log_news WHERE dept_id = 'd'),"
                        + " (SELECT count(*) FROM pg_class WHERE relname LIKE 'query_logs_whole%')")) {
            row.next();
            assertThat(List.of(row.getInt(1), row.getInt(2), row.getInt(3), row.getInt(4)))
                    .containsExactly(1, 2, 3, 0);
        }
    }

    private List<State> states() {
        return upkeep.migrations().all().stream().map(Migration::state).toList();
    }

    private void sql(String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
