package dev.verbatim.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.server.TestClient.Answer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A request that is sent again is answered as it was, on two servers over real PostgreSQL. */
class IdempotencyTest {
    private static final String KEY = "Idempotency-Key";
    private static final String REPLAYED = "Idempotent-Replayed";
    private static final String COUNT = "X-Stainless-Retry-Count";
    private static final String C = "/api/conversations/c";
    private static final String SAY = "{\"role\":\"user\",\"content\":\"hi\"}";

    @SuppressWarnings("NullAway.Init")
    private static String database;

    @SuppressWarnings("NullAway.Init")
    private static TwoServers servers;

    @SuppressWarnings("NullAway.Init")
    private static TestServer first;

    @SuppressWarnings("NullAway.Init")
    private static TestServer second;

    private final String user = UUID.randomUUID().toString();

    @BeforeAll
    static void start() {
        servers = new TwoServers();
        first = servers.first;
        second = servers.second;
        database = servers.database;
    }

    @AfterAll
    static void stop() {
        servers.close();
    }

    private TestClient here() {
        return first.as(user);
    }

    private TestClient there() {
        return second.as(user);
    }

    private static void sql(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long count(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) " + sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private int messages() {
        return here().get(C).json().at("/last_seq").asInt();
    }

    private static void isReplay(Answer again, Answer answer) {
        assertThat(again.header(REPLAYED)).isEqualTo("true");
        assertThat(again.status()).isEqualTo(answer.status());
        assertThat(again.text()).isEqualTo(answer.text());
        for (String header : new String[] {"Content-Type", "ETag", "Location", "Cache-Control"}) {
            assertThat(again.header(header)).as(header).isEqualTo(answer.header(header));
        }
    }

    private record Call(String method, String path, String body) {}

    private static final Call[] CALLS = {
        new Call("POST", "/api/conversations", "{\"title\":\"t\"}"),
        new Call("PATCH", C, "{\"title\":\"new\"}"),
        new Call("POST", C + "/fork", "{}"),
        new Call("POST", C + "/messages", SAY),
        new Call("POST", C + "/messages?create=true", "{\"messages\":[" + SAY + "," + SAY + "]}"),
        new Call("PATCH", C + "/messages/m", "{\"content\":\"edited\"}"),
        new Call("DELETE", C + "/messages?after_seq=1", ""),
        new Call("POST", "/chat", "{\"conversation_id\":\"c\",\"messages\":[" + SAY + "]}"),
        new Call("POST", "/chat", "{\"messages\":[" + SAY + "]}"),
        new Call("POST", "/chat", "{\"stream\":true,\"messages\":[" + SAY + "]}"),
        new Call("POST", "/chat/agent", "{\"conversation_id\":\"c\",\"messages\":[" + SAY + "]}"),
        new Call("DELETE", C, "")
    };

    /** What the answer said is what is there, once, though it was sent twice. */
    @TestFactory
    Stream<DynamicTest> theSameAgainIsAnsweredAsItWas() {
        return Stream.of(CALLS)
                .map(call -> DynamicTest.dynamicTest(call.toString(), () -> {
                    String name = "same" + UUID.randomUUID();
                    TestClient one = first.as(name).with(KEY, "k");
                    prepare(first.as(name));
                    Answer answer = one.send(call.method(), call.path(), call.body());
                    assertThat(answer.status()).as(answer.text()).isBetween(200, 299);
                    assertThat(answer.header(REPLAYED)).isEmpty();
                    String then = first.as(name).get("/api/conversations").text();
                    isReplay(second.as(name).with(KEY, "k").send(call.method(), call.path(), call.body()), answer);
                    isReplay(one.send(call.method(), call.path(), call.body()), answer);
                    assertThat(first.as(name).get("/api/conversations").text()).isEqualTo(then);
                }));
    }

    private static void prepare(TestClient client) {
        assertThat(client.post(C + "/messages?create=true", "{\"id\":\"m\",\"role\":\"user\",\"content\":\"1\"}")
                        .status())
                .isEqualTo(201);
        client.post(C + "/messages", SAY);
    }

    @Test
    void anotherRequestUnderTheSameKeyIsRefused() {
        prepare(here());
        TestClient keyed = here().with(KEY, "k");
        assertThat(keyed.post(C + "/messages", SAY).status()).isEqualTo(201);
        Answer other = there().with(KEY, "k").post(C + "/messages", SAY.replace("hi", "ho"));
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.param()).isEqualTo(KEY);
        assertThat(keyed.post(C + "/messages?create=true", SAY).status())
                .as("another query")
                .isEqualTo(409);
        assertThat(keyed.with("If-Match", "*").post(C + "/messages", SAY).status())
                .as("another condition")
                .isEqualTo(409);
        assertThat(messages()).isEqualTo(3);
    }

    @Test
    void aKeyIsOneUsersAndOnePathsAndOneMethods() {
        prepare(here());
        assertThat(here().with(KEY, "k").post(C + "/messages", SAY).status()).isEqualTo(201);
        Answer elsewhere = here().with(KEY, "k").post("/api/conversations/d/messages?create=true", SAY);
        assertThat(elsewhere.header(REPLAYED)).isEmpty();
        assertThat(elsewhere.status()).isEqualTo(201);
        assertThat(here().with(KEY, "k").delete(C + "/messages?after_seq=3").header(REPLAYED))
                .isEmpty();
        Answer another = first.as(user + "2").with(KEY, "k").post(C + "/messages", SAY);
        assertThat(another.status()).isEqualTo(404);
        assertThat(here().with(KEY, "K").post(C + "/messages", SAY).header(REPLAYED))
                .isEmpty();
        assertThat(messages()).isEqualTo(4);
    }

    @Test
    void atTheSameTimeTheSecondWaitsOnWhicheverServer() throws Exception {
        prepare(here());
        FutureTask<Answer> one = new FutureTask<>(() -> here().with(KEY, "k").post(C + "/messages", SAY));
        FutureTask<Answer> two = new FutureTask<>(() -> there().with(KEY, "k").post(C + "/messages", SAY));
        try (Connection held = DriverManager.getConnection(database);
                Statement statement = held.createStatement()) {
            held.setAutoCommit(false);
            statement.execute("SELECT FROM conversations c JOIN users u ON u.id = c.user_id WHERE u.name = '" + user
                    + "' FOR UPDATE OF c");
            Thread.ofVirtual().start(one);
            Waiting.until(() -> underWay() == 1);
            Thread.ofVirtual().start(two);
            held.commit();
        }
        isReplay(two.get(), one.get());
        assertThat(one.get().header(REPLAYED)).isEmpty();
        assertThat(messages()).isEqualTo(3);
    }

    private long underWay() {
        try {
            return count("FROM kept_requests k JOIN users u ON u.id = k.user_id WHERE k.status IS NULL AND u.name = '"
                    + user + "'");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aRefusalIsNotKept() {
        TestClient keyed = here().with(KEY, "k");
        assertThat(keyed.post(C + "/messages", SAY).status()).isEqualTo(404);
        here().post("/api/conversations", "{\"id\":\"c\"}");
        assertThat(keyed.post(C + "/messages", "{\"content\":\"no role\"}").status())
                .isEqualTo(400);
        Answer answer = keyed.post(C + "/messages", SAY);
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header(REPLAYED)).isEmpty();
        assertThat(messages()).isEqualTo(1);
    }

    @Test
    void afterADayAKeyIsNewAgain() throws SQLException {
        prepare(here());
        here().with(KEY, "k").post(C + "/messages", SAY);
        sql("UPDATE kept_requests SET expires_at = expires_at - interval '23 hours 59 minutes'");
        assertThat(here().with(KEY, "k").post(C + "/messages", SAY).header(REPLAYED))
                .isEqualTo("true");
        sql("UPDATE kept_requests SET expires_at = expires_at - interval '1 minute'");
        assertThat(here().with(KEY, "k").post(C + "/messages", SAY).header(REPLAYED))
                .isEmpty();
        assertThat(messages()).isEqualTo(4);
    }

    @Test
    void aLargeAnswerIsMadeAgain() {
        String large = "{\"role\":\"user\",\"content\":\"" + "x".repeat(1_200_000) + "\"}";
        Answer answer = here().with(KEY, "k").post(C + "/messages?create=true", large);
        assertThat(answer.status()).isEqualTo(201);
        isReplay(there().with(KEY, "k").post(C + "/messages?create=true", large), answer);
        assertThat(messages()).isEqualTo(1);
    }

    @Test
    void aDeletedConversationIsNotBroughtBackAndNothingOfItIsKept() throws SQLException {
        TestClient keyed = here().with(KEY, "k");
        keyed.post("/api/conversations", "{\"id\":\"c\"}");
        keyed.post(C + "/messages?create=true", SAY.replace("hi", "secret"));
        keyed.post("/chat", "{\"conversation_id\":\"c\",\"messages\":[" + SAY + "]}");
        assertThat(here().delete(C).status()).isEqualTo(204);
        assertThat(keyed.post("/api/conversations", "{\"id\":\"c\"}").status()).isEqualTo(410);
        assertThat(keyed.post(C + "/messages?create=true", SAY.replace("hi", "secret"))
                        .status())
                .isEqualTo(410);
        assertThat(here().get(C).status()).isEqualTo(404);
        assertThat(count("FROM kept_requests k JOIN users u ON u.id = k.user_id WHERE u.name = '" + user
                        + "' AND answer IS NOT NULL"))
                .isZero();
    }

    @Test
    void anErasedUsersAnswersAreErased() throws SQLException {
        here().with(KEY, "k").post(C + "/messages?create=true", SAY);
        String rows = "FROM kept_requests k LEFT JOIN users u ON u.id = k.user_id WHERE u.name = '" + user
                + "' OR u.id IS NULL";
        assertThat(count(rows)).isEqualTo(1);
        assertThat(here().delete("/api/users/me").status()).isEqualTo(204);
        assertThat(count(rows)).isZero();
    }

    @Test
    void whatIsSecretIsNotKept() {
        for (String path : new String[] {"/api/keys", "/api/users", "/api/login"}) {
            Answer answer = first.admin().with(KEY, "k").post(path, "{\"name\":\"n\",\"role\":\"service\"}");
            assertThat(answer.status()).as(path).isEqualTo(400);
            assertThat(answer.param()).isEqualTo(KEY);
        }
        assertThat(here().with(KEY, "k").delete("/api/users/me").status()).isEqualTo(400);
    }

    @Test
    void aWrongKeyIsRefused() {
        prepare(here());
        for (String key : new String[] {"", "k".repeat(256)}) {
            Answer answer = here().with(KEY, key).post(C + "/messages", SAY);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.param()).isEqualTo(KEY);
        }
        assertThat(here().with(KEY, "k".repeat(255)).post(C + "/messages", SAY).status())
                .isEqualTo(201);
        assertThat(here().with(COUNT, "-1").post(C + "/messages", SAY).param()).isEqualTo(COUNT);
    }

    @Test
    void whatAnOpenAiClientSilentlySendsAgainIsAnsweredAsItWas() {
        prepare(here());
        Answer answer = here().with(COUNT, "0").post(C + "/messages", SAY);
        assertThat(answer.status()).isEqualTo(201);
        isReplay(there().with(COUNT, "1").post(C + "/messages", SAY), answer);
        isReplay(here().with(COUNT, "2").post(C + "/messages", SAY), answer);
        assertThat(messages()).isEqualTo(3);
        Answer said = here().with(COUNT, "0").post(C + "/messages", SAY);
        assertThat(said.header(REPLAYED)).as("said once more").isEmpty();
        assertThat(messages()).isEqualTo(4);
        isReplay(there().with(COUNT, "1").post(C + "/messages", SAY), said);
        assertThat(there().with(COUNT, "1")
                        .post(C + "/messages", SAY.replace("hi", "ho"))
                        .header(REPLAYED))
                .as("its first try never came")
                .isEmpty();
        assertThat(messages()).isEqualTo(5);
    }

    @Test
    void aSilentRepeatAfterAMinuteIsARequestOfItsOwn() throws SQLException {
        prepare(here());
        here().with(COUNT, "0").post(C + "/messages", SAY);
        sql("UPDATE kept_requests SET expires_at = expires_at - interval '1 minute'");
        assertThat(here().with(COUNT, "1").post(C + "/messages", SAY).header(REPLAYED))
                .isEmpty();
        assertThat(messages()).isEqualTo(4);
    }

    @Test
    void whoSendsNoSuchHeaderIsNotRecorded() throws SQLException {
        long before = count("FROM kept_requests");
        prepare(here());
        here().delete(C);
        assertThat(count("FROM kept_requests")).isEqualTo(before);
    }
}
