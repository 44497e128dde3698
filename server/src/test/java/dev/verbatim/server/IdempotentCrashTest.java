package dev.verbatim.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verbatim.Claim;
import dev.verbatim.ConversationKey;
import dev.verbatim.HistoryConfig;
import dev.verbatim.HistoryStore;
import dev.verbatim.HybridHistoryStore;
import dev.verbatim.KeptAnswer;
import dev.verbatim.RepeatableRequest;
import dev.verbatim.Requests;
import dev.verbatim.server.TestClient.Answer;
import dev.verbatim.testkit.RealServers;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server dies when a request took effect and before its answer was kept; another one is asked again. */
class IdempotentCrashTest {
    private static final String KEY = "Idempotency-Key";
    private static final String C = "/api/conversations/c";
    private static final String SAY = "{\"role\":\"user\",\"content\":\"hi\"}";

    private static final String HELD_WHERE_IT_KEEPS = """
            CREATE FUNCTION held() RETURNS trigger LANGUAGE plpgsql AS
              $$ BEGIN PERFORM pg_advisory_xact_lock(1); RETURN new; END $$;
            CREATE TRIGGER held BEFORE UPDATE OF status ON kept_requests
              FOR EACH ROW WHEN (new.status IS NOT NULL) EXECUTE FUNCTION held()
            """;

    private final String database = RealServers.newDatabase();
    private final HistoryConfig config = HistoryConfig.of(database, RealServers.emptyRedis());
    private final HybridHistoryStore store = HybridHistoryStore.open(config);
    private final TestServer dying = TestServer.start(dying(), store.accounts());
    private final TestServer other = TestServer.start(store, store.accounts());

    @AfterEach
    void stop() {
        dying.close();
        other.close();
        store.close();
    }

    /** The store as a process has it that ends before any answer is kept. */
    private HistoryStore dying() {
        return (HistoryStore) Proxy.newProxyInstance(
                IdempotentCrashTest.class.getClassLoader(),
                new Class<?>[] {HistoryStore.class},
                (proxy, method, args) -> {
                    if (method.getName().equals("requests")) {
                        return Optional.of(new Unfinished(store.requests().orElseThrow()));
                    }
                    try {
                        return method.invoke(store, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private record Unfinished(Requests requests) implements Requests {
        @Override
        public Standing claim(RepeatableRequest request) {
            return requests.claim(request);
        }

        @Override
        public Optional<KeptAnswer> keep(Claim claim, KeptAnswer answer, @Nullable ConversationKey conversation) {
            throw new AssertionError("the process ends here");
        }

        @Override
        public void release(Claim claim) {}

        @Override
        public void forget(Claim claim) {}
    }

    private void sql(String sql) {
        try (Connection connection = DriverManager.getConnection(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private boolean is(String condition) {
        try (Connection connection = DriverManager.getConnection(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT " + condition)) {
            row.next();
            return row.getBoolean(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Sends it to the one that dies, lets {@code meanwhile} happen, and sends it again. */
    private Answer twice(String method, String path, String body, Runnable meanwhile) {
        Answer lost = dying.as("ann").with(KEY, "k").send(method, path, body);
        assertThat(lost.status()).as(lost.text()).isEqualTo(500);
        sql("UPDATE kept_requests SET holder = NULL, held_until = now() - interval '1 second'");
        meanwhile.run();
        Answer again = other.as("ann").with(KEY, "k").send(method, path, body);
        if (again.status() < 300) {
            Answer third = dying.as("ann").with(KEY, "k").send(method, path, body);
            assertThat(third.header("Idempotent-Replayed")).isEqualTo("true");
            assertThat(third.text()).isEqualTo(again.text());
        }
        return again;
    }

    private Answer twice(String method, String path, String body) {
        return twice(method, path, body, () -> {});
    }

    private void say(int times) {
        for (int i = 1; i <= times; i++) {
            other.as("ann")
                    .post(C + "/messages?create=true", "{\"id\":\"m" + i + "\",\"role\":\"user\",\"content\":\"1\"}");
        }
    }

    private int lastSeq() {
        return other.as("ann").get(C).json().at("/last_seq").asInt();
    }

    private int conversations() {
        return other.as("ann").get("/api/conversations").json().at("/data").size();
    }

    @Test
    void messagesAreStoredOnce() {
        say(1);
        Answer again = twice("POST", C + "/messages", "{\"messages\":[" + SAY + "," + SAY + "]}");
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.json().at("/data/0/seq").asInt()).isEqualTo(2);
        assertThat(again.json().at("/data/1/seq").asInt()).isEqualTo(3);
        assertThat(lastSeq()).isEqualTo(3);
    }

    @Test
    void messagesTakenAwayMeanwhileAreNotStoredAgain() {
        say(1);
        Answer again = twice("POST", C + "/messages", SAY, () -> other.as("ann").delete(C + "/messages?after_seq=1"));
        assertThat(again.status()).isEqualTo(410);
        assertThat(lastSeq()).isEqualTo(1);
        Answer question = twiceMore();
        assertThat(question.status()).isEqualTo(410);
        assertThat(lastSeq()).isEqualTo(1);
    }

    private Answer twiceMore() {
        String ask = "{\"conversation_id\":\"c\",\"messages\":[" + SAY + "]}";
        return twice("POST", "/chat", ask, () -> other.as("ann").delete(C + "/messages?after_seq=1"));
    }

    @Test
    void messagesEditedMeanwhileStayAsTheyAre() {
        say(1);
        String message = "{\"id\":\"m2\",\"role\":\"user\",\"content\":\"2\"}";
        Answer again = twice(
                "POST",
                C + "/messages",
                message,
                () -> other.as("ann").patch(C + "/messages/m2", "{\"content\":\"3\"}"));
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.json().at("/data/0/content").asString()).isEqualTo("3");
        assertThat(lastSeq()).isEqualTo(2);
    }

    @Test
    void aConversationIsMadeOnce() {
        Answer again = twice("POST", "/api/conversations", "{\"title\":\"t\"}");
        assertThat(again.status()).isEqualTo(201);
        assertThat(other.as("ann")
                        .get("/api/conversations/" + again.json().at("/id").asString())
                        .text())
                .isEqualTo(again.text());
        assertThat(conversations()).isEqualTo(1);
    }

    @Test
    void aConversationDeletedMeanwhileIsNotMadeAgain() {
        Answer again = twice(
                "POST",
                "/api/conversations",
                "{\"id\":\"c\"}",
                () -> other.as("ann").delete(C));
        assertThat(again.status()).isEqualTo(410);
        assertThat(conversations()).isZero();
    }

    @Test
    void aForkIsMadeOnce() {
        say(2);
        Answer again = twice("POST", C + "/fork", "{\"at_seq\":1}");
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.json().at("/last_seq").asInt()).isEqualTo(1);
        assertThat(conversations()).isEqualTo(2);
    }

    @Test
    void whatWasSaidAfterATruncationIsNotTakenAwayByItsRepeat() {
        say(3);
        Answer again = twice(
                "DELETE", C + "/messages?after_seq=1", "", () -> other.as("ann").post(C + "/messages", SAY));
        assertThat(again.status()).isEqualTo(200);
        assertThat(lastSeq()).isEqualTo(2);
    }

    @Test
    void anEditIsNotMadeOverALaterOne() {
        say(1);
        String etag = other.as("ann").get(C + "/messages").header("ETag");
        Answer lost =
                dying.as("ann").with(KEY, "k").with("If-Match", etag).patch(C + "/messages/m1", "{\"content\":\"2\"}");
        assertThat(lost.status()).isEqualTo(500);
        sql("UPDATE kept_requests SET holder = NULL, held_until = now() - interval '1 second'");
        other.as("ann").patch(C + "/messages/m1", "{\"content\":\"3\"}");
        Answer again =
                other.as("ann").with(KEY, "k").with("If-Match", etag).patch(C + "/messages/m1", "{\"content\":\"2\"}");
        assertThat(again.status()).as(again.text()).isEqualTo(200);
        assertThat(again.json().at("/content").asString()).isEqualTo("3");
        assertThat(other.as("ann").get(C + "/messages/m1").json().at("/content").asString())
                .isEqualTo("3");
    }

    @Test
    void aTitleIsNotSetBack() {
        say(1);
        Answer again =
                twice("PATCH", C, "{\"title\":\"2\"}", () -> other.as("ann").patch(C, "{\"title\":\"3\"}"));
        assertThat(again.status()).isEqualTo(200);
        assertThat(other.as("ann").get(C).json().at("/title").asString()).isEqualTo("3");
    }

    @Test
    void aDeletionIsOfTheConversationThatWasThere() {
        say(1);
        Answer again = twice("DELETE", C, "", () -> other.as("ann").post("/api/conversations", "{\"id\":\"c\"}"));
        assertThat(again.status()).isEqualTo(204);
        assertThat(conversations()).as("the new one of this id").isEqualTo(1);
    }

    @Test
    void aQuestionIsAskedOnce() {
        Answer again = twice("POST", "/chat", "{\"messages\":[" + SAY + "]}");
        assertThat(again.status()).isEqualTo(200);
        assertThat(conversations()).isEqualTo(1);
        String id = again.json().at("/conversation_id").asString();
        assertThat(other.as("ann")
                        .get("/api/conversations/" + id)
                        .json()
                        .at("/last_seq")
                        .asInt())
                .isEqualTo(2);
    }

    /** The client was sent all of it but the end. */
    @Test
    void aStreamThatLacksItsEndIsToldAgain() {
        String ask = "{\"conversation_id\":\"c\",\"stream\":true,\"messages\":[" + SAY + "]}";
        TestClient keyed = dying.as("ann").with(KEY, "k");
        assertThatThrownBy(() -> keyed.post("/chat?create=true", ask)).isInstanceOf(AssertionError.class);
        sql("UPDATE kept_requests SET holder = NULL, held_until = now() - interval '1 second'");
        Answer again = other.as("ann").with(KEY, "k").post("/chat?create=true", ask);
        assertThat(again.text()).contains("\"delta\"").endsWith("data: [DONE]\n\n");
        assertThat(lastSeq()).isEqualTo(2);
    }

    /** The process is held where it is to keep the answer, and killed there. */
    @Test
    void aKilledProcessAnswersThroughAnother(@TempDir Path directory) throws Exception {
        say(1);
        Map<String, String> settings = new HashMap<>();
        settings.put("PORT", "0");
        settings.put("DATABASE_URL", database);
        settings.put("REDIS_URL", config.redisUrl());
        settings.put("VERBATIM_ADMIN_KEY", TestServer.ADMIN);
        settings.put("VERBATIM_DATA_DIR", directory.resolve("data").toString());
        try (Serve serve = Serve.start(directory, settings);
                Connection held = DriverManager.getConnection(database);
                Statement hold = held.createStatement()) {
            TestClient there = new TestClient(
                            "http://" + serve.awaitOutput(Pattern.compile("ready at http://([^\\s]+)")))
                    .key(TestServer.ADMIN)
                    .with("Verbatim-User", "ann")
                    .with(KEY, "k");
            sql(HELD_WHERE_IT_KEEPS);
            hold.execute("SELECT pg_advisory_lock(1)");
            Thread lost = Thread.ofVirtual().start(() -> sendInVain(there));
            String waits = "FROM pg_stat_activity WHERE wait_event = 'advisory' AND datname = current_database()";
            Waiting.until(() -> is("count(*) = 1 " + waits));
            assertThat(lastSeq()).isEqualTo(2);
            serve.kill();
            lost.join();
            // PostgreSQL would go on with what the process sent last.
            sql("SELECT pg_terminate_backend(pid) " + waits);
            sql("DROP TRIGGER held ON kept_requests");
        }
        assertThat(is("status IS NULL FROM kept_requests")).isTrue();
        Answer again = other.as("ann").with(KEY, "k").post(C + "/messages", SAY);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.json().at("/data/0/seq").asInt()).isEqualTo(2);
        assertThat(lastSeq()).isEqualTo(2);
    }

    private static void sendInVain(TestClient client) {
        try {
            client.post(C + "/messages", SAY);
        } catch (AssertionError e) {
            assertThat(e).hasMessageContaining("failed");
        }
    }
}
