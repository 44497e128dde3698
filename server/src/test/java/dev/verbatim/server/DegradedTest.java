package dev.verbatim.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verbatim.AppendOptions;
import dev.verbatim.HistoryConfig;
import dev.verbatim.NewMessage;
import dev.verbatim.OverloadedException;
import dev.verbatim.Owner;
import dev.verbatim.server.TestClient.Answer;
import dev.verbatim.testkit.LogLines;
import dev.verbatim.testkit.RealServers;
import dev.verbatim.testkit.RedisCommands;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client sees while a part is away, and what those who run the service see. */
class DegradedTest {
    private static final String C = "/api/conversations/c/messages";
    private static final String HIT = "Verbatim; hit";

    private final String database = RealServers.newDatabase();
    private final String redis = RealServers.emptyRedis();

    private FragileServer start() {
        // Patient with Redis, that a busy machine makes no fault of its own; not with a PostgreSQL that is cut off.
        return start(config -> config.withRedisTimeout(Duration.ofSeconds(2))
                .withDatabaseTimeouts(Duration.ofSeconds(2), Duration.ofSeconds(1)));
    }

    private FragileServer start(UnaryOperator<HistoryConfig> settings) {
        return new FragileServer(database, redis, settings);
    }

    private static Answer say(TestClient user, String query, String id) {
        return user.post(C + query, "{\"id\":\"" + id + "\",\"role\":\"user\",\"content\":\"hello\"}");
    }

    private static void isUnavailable(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("unavailable");
    }

    private static void awaitHit(TestClient user) {
        Waiting.until(() -> user.get(C).header("Cache-Status").equals(HIT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"refused", "silent"})
    void withoutPostgresTheCacheAnswersAndSaysSoAndNothingIsStored(String how) {
        try (FragileServer here = start();
                LogLines log = new LogLines("dev.verbatim")) {
            TestClient anna = here.as("anna");
            say(anna, "?create=true", "1");
            awaitHit(anna);
            if (how.equals("silent")) {
                here.postgres.blackHole();
            } else {
                here.postgres.close();
            }
            Waiting.until(() -> here.status().equals("unavailable"));

            Answer stale = anna.get(C);
            assertThat(stale.status()).isEqualTo(200);
            assertThat(stale.header("Cache-Status")).isEqualTo("Verbatim; hit; detail=stale");
            assertThat(stale.json().at("/data").size()).isEqualTo(1);
            assertThat(anna.get(C + "?min_seq=1").status()).isEqualTo(200);
            isUnavailable(anna.get(C + "?min_seq=2"));
            isUnavailable(anna.with("Cache-Control", "no-cache").get(C));
            isUnavailable(say(anna, "", "2"));
            assertThat(here.anonymous().get("/health/ready").status()).isEqualTo(503);
            assertThat(here.metric("verbatim_postgres_up")).isZero();
            assertThat(here.metric("verbatim_redis_up")).isEqualTo(1);
            assertThat(here.metric("verbatim_cache_trusted")).isZero();
            assertThat(here.metric("verbatim_reads_total{source=\"stale\"}")).isGreaterThanOrEqualTo(2);

            if (how.equals("silent")) {
                here.postgres.heal();
            } else {
                here.postgres.open();
            }
            Waiting.until(() -> say(anna, "", "2").status() == 201);
            awaitHit(anna);
            assertThat(anna.get(C).json().at("/data").size()).isEqualTo(2);
            assertThat(here.status()).isEqualTo("ok");
            assertThat(here.metric("verbatim_postgres_up")).isEqualTo(1);
            assertThat(log.with("changes cannot be followed; after a second the cache is not trusted")
                            .size())
                    .isEqualTo(1);
            assertThat(log.with("PostgreSQL answers again").size()).isEqualTo(1);
        }
    }

    @Test
    void withoutRedisAllGoesOnFromPostgres() {
        try (FragileServer here = start();
                LogLines log = new LogLines("dev.verbatim")) {
            TestClient anna = here.as("anna");
            say(anna, "?create=true", "1");
            here.redis.close();
            Waiting.until(() -> here.status().equals("degraded"));
            assertThat(say(anna, "", "2").status()).isEqualTo(201);
            Answer read = anna.get(C);
            assertThat(read.header("Cache-Status")).isEqualTo("Verbatim; fwd=bypass");
            assertThat(read.json().at("/data").size()).isEqualTo(2);
            assertThat(here.anonymous().get("/health/ready").status()).isEqualTo(200);
            assertThat(here.metric("verbatim_redis_up")).isZero();
            assertThat(here.metric("verbatim_cache_trusted")).isZero();
            Waiting.until(() -> log.with("reads come from PostgreSQL").size() == 1);
            here.redis.open();
            Waiting.until(() -> here.status().equals("ok"));
            awaitHit(anna);
            Waiting.until(() -> log.with("reads come from Redis again").size() == 1);
            assertThat(log.with("reads come from PostgreSQL").size()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsAnsweredAsCoherentEveryServerShows(boolean redisIsThere) {
        try (FragileServer here = start();
                FragileServer there = start()) {
            TestClient anna = there.as("anna");
            say(anna, "?create=true", "1");
            if (!redisIsThere) {
                here.redis.close();
                Waiting.until(() -> here.status().equals("degraded"));
            }
            for (int seq = 2; seq <= 4; seq++) {
                awaitHit(anna);
                Answer stored = say(here.as("anna"), "?ack=coherent", Integer.toString(seq));
                assertThat(stored.status()).isEqualTo(201);
                assertThat(anna.get(C).json().at("/data").size()).isEqualTo(seq);
            }
        }
    }

    /** Half of the connections are for reads: two here. The others would have to wait for longer than a second. */
    @Test
    void readsThatWouldDrownPostgresAreToldToComeBack() throws Exception {
        try (FragileServer here = start(DegradedTest::withFewConnections);
                LogLines log = new LogLines("dev.verbatim");
                ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();
                Connection direct = DriverManager.getConnection(database);
                Statement statement = direct.createStatement()) {
            List<TestClient> users =
                    Stream.of("a", "b", "c", "d", "e", "f").map(here::as).toList();
            users.forEach(user -> say(user, "?create=true", "1"));
            RedisCommands.flush(redis);
            direct.setAutoCommit(false);
            statement.execute("LOCK TABLE messages IN ACCESS EXCLUSIVE MODE");
            List<Future<Answer>> reads = new ArrayList<>();
            users.forEach(user -> reads.add(readers.submit(() -> user.get(C))));
            Waiting.until(() -> reads.stream().filter(Future::isDone).count() == 4);
            for (Future<Answer> read : reads.stream().filter(Future::isDone).toList()) {
                assertThat(read.get().status()).isEqualTo(429);
                assertThat(read.get().code()).isEqualTo("too_many_requests");
                assertThat(read.get().header("Retry-After")).isEqualTo("1");
            }
            assertThat(here.metric("http_server_requests_seconds_count{method=\"GET\",route=\"/api/conversations/{id}"
                            + "/messages\",status=\"429\"}"))
                    .isEqualTo(4);
            assertThat(here.says("refusing_reads")).isTrue();
            assertThat(here.says("refusing_appends")).isFalse();
            assertThat(here.store.load().refusedReads()).isEqualTo(4);
            assertThat(log.with("too many reads wait").size()).isEqualTo(1);
            direct.rollback();
            int answered = 0;
            for (Future<Answer> read : reads) {
                answered += read.get().status() == 200 ? 1 : 0;
            }
            assertThat(answered).isEqualTo(2);
            assertThat(users)
                    .allSatisfy(user -> assertThat(user.get(C).status()).isEqualTo(200));
            Waiting.until(() -> !here.says("refusing_reads"));
            assertThat(log.with("no reads are refused any more").size()).isEqualTo(1);
            assertThat(log.with("too many reads wait").size()).isEqualTo(1);
        }
    }

    @Test
    void appendsThatHaveNoRoomAreToldToComeBack() throws Exception {
        Owner anna = Owner.named("anna");
        NewMessage large = NewMessage.of("user", "x".repeat(2_000_000));
        try (FragileServer here = start(DegradedTest::withFewConnections);
                LogLines log = new LogLines("dev.verbatim");
                ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor();
                Connection direct = DriverManager.getConnection(database);
                Statement statement = direct.createStatement()) {
            direct.setAutoCommit(false);
            statement.execute("LOCK TABLE messages IN ACCESS EXCLUSIVE MODE");
            Future<Answer> first = writers.submit(() -> say(here.as("anna"), "?create=true", "1"));
            Waiting.until(() -> here.store.load().appendsWaiting() == 1);
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() ->
                                here.store.append(anna, "d", Collections.nCopies(40, large), AppendOptions.CREATE))
                        .isInstanceOf(OverloadedException.class);
            }
            assertThat(here.says("refusing_appends")).isTrue();
            assertThat(here.says("refusing_reads")).isFalse();
            assertThat(here.store.load().refusedAppends()).isEqualTo(3);
            direct.rollback();
            assertThat(first.get().status()).isEqualTo(201);
            Waiting.until(() -> !here.says("refusing_appends"));
            assertThat(log.with("too many appends wait").size()).isEqualTo(1);
            assertThat(log.with("no appends are refused any more").size()).isEqualTo(1);
        }
    }

    /** A look at what changed then takes longer than the cache is trusted without one. */
    @Test
    void aPostgresThatIsTooSlowForTheCacheIsTold() {
        try (FragileServer here = start();
                LogLines log = new LogLines("dev.verbatim")) {
            here.postgres.delay(Duration.ofMillis(600));
            Waiting.until(
                    () -> log.with("for more than a second it was not looked").size() > 0);
            here.postgres.heal();
            Waiting.until(() -> log.with("it is looked in time again").size() > 0);
            Waiting.until(() -> here.status().equals("ok"));
        }
    }

    private static HistoryConfig withFewConnections(HistoryConfig config) {
        return new HistoryConfig(
                config.databaseUrl(),
                config.redisUrl(),
                config.redisTtl(),
                config.windowMessages(),
                4,
                1,
                Duration.ofSeconds(2),
                Duration.ofSeconds(30),
                config.lockTimeout(),
                config.retentionDays());
    }
}
