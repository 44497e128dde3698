package dev.verbatim.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.HistoryConfig;
import dev.verbatim.HybridHistoryStore;
import dev.verbatim.Owner;
import dev.verbatim.insight.Answered;
import dev.verbatim.insight.Insights;
import dev.verbatim.server.TestClient.Answer;
import dev.verbatim.testkit.Await;
import dev.verbatim.testkit.RealServers;
import dev.verbatim.testkit.TableTraces;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** More query logs than can be stored just now. */
class QueryLogOverloadTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String LOG = "{\"query\":\"q\",\"response_time_ms\":1}";
    private static final String CHAT = "{\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";

    private final String database = RealServers.newDatabase();
    private final HybridHistoryStore store = HybridHistoryStore.open(
            HistoryConfig.of(database, RealServers.emptyRedis()).withDatabaseTimeouts(LONG, LONG));
    private final TestServer server = TestServer.start(store, store.accounts());
    private final Insights insights = store.insights().orElseThrow();

    @AfterEach
    void stop() {
        server.close();
        store.close();
    }

    @Test
    void programsAreToldToWaitAndWhatChatDropsIsCountedAndAllThatWasTakenIsStored() throws Exception {
        assertThat(server.as("u").post("/api/query-logs", LOG).status()).isEqualTo(202);
        String body = "{\"data\":[" + (LOG + ",").repeat(999) + LOG + "]}";
        long stored = 1;
        try (ExecutorService programs = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> answers = new ArrayList<>();
            try (Connection holder = DriverManager.getConnection(database);
                    Statement statement = holder.createStatement()) {
                holder.setAutoCommit(false);
                statement.execute("LOCK TABLE query_log_news IN ACCESS EXCLUSIVE MODE");
                for (int i = 0; i < 15; i++) {
                    answers.add(programs.submit(() -> server.as("u").post("/api/query-logs", body)));
                }
                Await.until(() -> answers.stream().filter(Future::isDone).count() == 5);
                while (insights.take(log())) {
                    stored++;
                }
                assertThat(server.as("u").post("/chat", CHAT).status()).isEqualTo(200);
                assertThat(server.anonymous().get("/metrics").text()).contains("verbatim_query_logs_dropped_total 2");
                holder.rollback();
            }
            stored += stored(answers);
        }
        long taken = stored;
        Await.until(() -> count() == taken);
    }

    private static long stored(List<Future<Answer>> answers) throws Exception {
        long stored = 0;
        for (Future<Answer> each : answers) {
            Answer answer = each.get();
            assertThat(answer.status()).isIn(202, 429);
            if (answer.status() == 202) {
                stored += 1_000;
            } else {
                assertThat(answer.header("Retry-After")).isEqualTo("1");
                assertThat(answer.text()).contains("send these again");
            }
        }
        return stored;
    }

    private static Answered log() {
        return new Answered(
                UUID.randomUUID(), Owner.named("u"), Instant.now(), "q", 1, null, null, null, null, null, null, null);
    }

    private long count() {
        return Long.parseLong(new TableTraces(database)
                .column("SELECT count(*) FROM query_logs")
                .getFirst());
    }
}
