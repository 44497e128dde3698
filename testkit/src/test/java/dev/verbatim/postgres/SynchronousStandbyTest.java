package dev.verbatim.postgres;

import static dev.verbatim.postgres.TestLog.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verbatim.OutcomeUnknownException;
import dev.verbatim.testkit.Await;
import dev.verbatim.testkit.RealServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A primary whose synchronous standby does not answer: what only the primary has is not acknowledged. */
class SynchronousStandbyTest {
    private static final String WAITING = "FROM pg_stat_activity WHERE datname = current_database()"
            + " AND wait_event = 'SyncRep' AND query ILIKE 'COMMIT%'";

    private final TestLog test = TestLog.open(RealServers.newDatabase(), Duration.ofSeconds(2), Duration.ofSeconds(2));

    @AfterEach
    void close() throws Exception {
        test.sql("ALTER SYSTEM RESET synchronous_standby_names");
        test.sql("SELECT pg_reload_conf()");
        test.close();
    }

    @Test
    void aCommitWhoseWaitForTheStandbyWasBrokenIsOfUnknownOutcome() throws Exception {
        test.append("a", user("1"));
        test.sql("ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
        test.sql("SELECT pg_reload_conf()");
        // The first ones may be committed before all of PostgreSQL has heard of it.
        List<CompletableFuture<?>> appends = new ArrayList<>();
        Await.until(() -> {
            if (appends.isEmpty() || appends.getLast().isDone()) {
                appends.add(CompletableFuture.supplyAsync(() -> test.append("a", user("2"))));
            }
            return has("SELECT count(*) " + WAITING);
        });
        test.sql("SELECT pg_terminate_backend(pid) " + WAITING);

        assertThatThrownBy(appends.getLast()::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(OutcomeUnknownException.class);
        assertThat(test.number("SELECT count(*) FROM messages")).isEqualTo(1 + appends.size());
    }

    private boolean has(String sql) {
        try {
            return test.number(sql) > 0;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
