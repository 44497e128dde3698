package dev.verbatim.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.HistoryConfig;
import dev.verbatim.HybridHistoryStore;
import dev.verbatim.testkit.Await;
import dev.verbatim.testkit.RealServers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A server that is told to keep query logs for some days drops the older ones. */
class QueryLogRetentionTest {
    private final HybridHistoryStore store =
            HybridHistoryStore.open(HistoryConfig.of(RealServers.newDatabase(), RealServers.emptyRedis()));

    @AfterEach
    void stop() {
        store.close();
    }

    @Test
    void logsAreDroppedOnceTheirMonthIsTooOld() {
        try (TestServer keepsAll = TestServer.start(store, store.accounts())) {
            assertThat(keepsAll.as("u").post("/api/query-logs", logs()).status())
                    .isEqualTo(202);
            assertThat(queries(keepsAll)).isEqualTo(2);
        }
        Map<String, String> thirty = Map.of("QUERY_LOG_RETENTION_DAYS", "30");
        try (TestServer keepsSome = TestServer.with(store, store.accounts(), thirty)) {
            Await.until(() -> queries(keepsSome) == 1);
            assertThat(keepsSome.as("u").get("/api/query-logs").text())
                    .contains("young")
                    .doesNotContain("old");
        }
    }

    private static int queries(TestServer server) {
        return server.as("u")
                .get("/api/analytics/overview")
                .json()
                .at("/queries")
                .asInt();
    }

    private static String logs() {
        return "{\"data\":[{\"query\":\"young\",\"response_time_ms\":1},{\"query\":\"old\",\"response_time_ms\":1,\"created_at\":\""
                + Instant.now().minus(Duration.ofDays(70)) + "\"}]}";
    }
}
