package dev.verbatim.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.HistoryConfig;
import dev.verbatim.HybridHistoryStore;
import dev.verbatim.server.TestClient.Answer;
import dev.verbatim.server.http.Limits;
import dev.verbatim.server.telemetry.Traces;
import dev.verbatim.testkit.RealServers;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a service on real servers tells those who watch it. */
class TelemetryTest {
    private static final String C = "/api/conversations/c/messages";
    private static final String SAY = "{\"role\":\"user\",\"content\":\"hello\"}";

    private final HybridHistoryStore store =
            HybridHistoryStore.open(HistoryConfig.of(RealServers.newDatabase(), RealServers.emptyRedis()));
    private final OtlpCollector collector = new OtlpCollector();

    @AfterEach
    void stop() {
        store.close();
        collector.close();
    }

    private interface Use {
        void with(TestClient ann) throws Exception;
    }

    private void serve(Traces traces, Use use) throws Exception {
        store.accounts().ensureAdmin();
        Map<String, String> settings = Map.of("PORT", "0", "VERBATIM_ADMIN_KEY", TestServer.ADMIN);
        Api api = new Api(ServerConfig.of(Settings.of(settings)), store, store.accounts(), traces);
        api.measure(store);
        try (var server = api.start(Limits.DEFAULT)) {
            use.with(new TestClient("http://127.0.0.1:" + server.port())
                    .key(TestServer.ADMIN)
                    .with("Verbatim-User", "ann"));
        }
    }

    private static void awaitHit(TestClient ann) {
        Waiting.until(() -> ann.get(C).header("Cache-Status").equals("Verbatim; hit"));
    }

    private static double metric(TestClient ann, String line) {
        return ann.get("/metrics")
                .text()
                .lines()
                .filter(told -> told.startsWith(line + " "))
                .mapToDouble(told -> Double.parseDouble(told.substring(line.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + line));
    }

    @Test
    void whatTheStoreDoesIsCounted() throws Exception {
        serve(Traces.NONE, ann -> {
            ann.post(C + "?create=true", "{\"messages\":[" + SAY + "," + SAY + "," + SAY + "]}");
            awaitHit(ann);
            double applied = metric(ann, "verbatim_cache_applies_total{result=\"confirmed\"}");
            ann.post(C, SAY);
            assertThat(metric(ann, "verbatim_append_batch_size_count")).isEqualTo(2);
            assertThat(metric(ann, "verbatim_append_batch_messages_sum")).isEqualTo(4);
            assertThat(metric(ann, "verbatim_append_batch_seconds_count{outcome=\"stored\"}"))
                    .isEqualTo(2);
            assertThat(metric(ann, "verbatim_cache_applies_total{result=\"confirmed\"}"))
                    .isEqualTo(applied + 1);
            assertThat(metric(ann, "verbatim_cache_fills_total{result=\"stored\"}"))
                    .isPositive();
            assertThat(metric(ann, "verbatim_store_calls_seconds_count{call=\"redis_read\",outcome=\"answered\"}"))
                    .isPositive();
            assertThat(metric(ann, "verbatim_store_calls_seconds_count{call=\"postgres_read\",outcome=\"answered\"}"))
                    .isPositive();
            assertThat(metric(ann, "verbatim_store_calls_seconds_count{call=\"redis_read\",outcome=\"failed\"}"))
                    .isZero();
            assertThat(metric(ann, "verbatim_postgres_connections{state=\"idle\"}"))
                    .isPositive();
            assertThat(metric(ann, "verbatim_postgres_connections_max")).isPositive();
            assertThat(metric(ann, "verbatim_redis_breakers{state=\"closed\"}")).isEqualTo(1);
            assertThat(metric(ann, "verbatim_appends_waiting")).isZero();
        });
    }

    @Test
    void aRequestIsATraceOfAllThatWasDoneForIt() throws Exception {
        try (Traces traces = Traces.of(Map.of(
                Traces.ENDPOINT,
                collector.url(),
                "OTEL_BSP_SCHEDULE_DELAY",
                "20",
                "OTEL_SERVICE_NAME",
                "my-verbatim"))) {
            serve(traces, ann -> {
                String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
                ann.post(C + "?create=true", SAY);
                awaitHit(ann);
                Answer read = ann.with("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
                        .get(C);
                assertThat(read.status()).isEqualTo(200);
                ann.get("/api/conversations/no-such-id/messages");
                // The request's own span, and what was asked of Redis for it.
                Waiting.until(() -> collector.hex().split(trace, -1).length > 2);
            });
        }
        assertThat(collector.received())
                .contains("my-verbatim", "GET /api/conversations/{id}/messages", "http.response.status_code")
                .contains("redis_read", "postgres_batch", "db.system.name")
                .doesNotContain("no-such-id", "hello");
    }

    @Test
    void aCollectorThatTakesNothingHarmsNobody() throws Exception {
        collector.fallSilent();
        askWithTraces("600000");
        assertThat(collector.received()).isEmpty();
    }

    @Test
    void aCollectorThatIsNotThereHarmsNobody() throws Exception {
        collector.close();
        askWithTraces("1000");
    }

    /** More requests than the queue of spans has room for. */
    private void askWithTraces(String timeoutMillis) throws Exception {
        try (Traces traces = Traces.of(Map.of(
                Traces.ENDPOINT,
                collector.url(),
                "OTEL_BSP_SCHEDULE_DELAY",
                "1",
                "OTEL_BSP_MAX_QUEUE_SIZE",
                "8",
                "OTEL_BSP_MAX_EXPORT_BATCH_SIZE",
                "8",
                "OTEL_EXPORTER_OTLP_TIMEOUT",
                timeoutMillis))) {
            serve(traces, ann -> {
                for (int i = 0; i < 50; i++) {
                    assertThat(ann.get("/health/live").status()).isEqualTo(200);
                }
            });
        }
    }
}
