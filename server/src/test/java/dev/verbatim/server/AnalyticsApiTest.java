package dev.verbatim.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.Accounts;
import dev.verbatim.HistoryConfig;
import dev.verbatim.HybridHistoryStore;
import dev.verbatim.Owner;
import dev.verbatim.server.TestClient.Answer;
import dev.verbatim.testkit.Await;
import dev.verbatim.testkit.RealServers;
import dev.verbatim.testkit.TableTraces;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Query logs and what they tell, over HTTP, of two servers. */
class AnalyticsApiTest {
    private static final String LOGS = "/api/query-logs";
    private static final String OVERVIEW = "/api/analytics/overview";
    private static final String SERIES = "/api/analytics/timeseries";

    @SuppressWarnings("NullAway.Init")
    private static TableTraces tables;

    @SuppressWarnings("NullAway.Init")
    private static HybridHistoryStore firstStore;

    @SuppressWarnings("NullAway.Init")
    private static HybridHistoryStore secondStore;

    @SuppressWarnings("NullAway.Init")
    private static TestServer first;

    @SuppressWarnings("NullAway.Init")
    private static TestServer second;

    @BeforeAll
    static void start() {
        String database = RealServers.newDatabase();
        tables = new TableTraces(database);
        HistoryConfig config = HistoryConfig.of(database, RealServers.emptyRedis());
        firstStore = HybridHistoryStore.open(config);
        secondStore = HybridHistoryStore.open(config);
        first = TestServer.start(firstStore, firstStore.accounts());
        second = TestServer.start(secondStore, secondStore.accounts());
    }

    @AfterAll
    static void stop() {
        first.close();
        second.close();
        firstStore.close();
        secondStore.close();
    }

    private static String log(String query, int millis, String more) {
        return "{\"query\":\"" + query + "\",\"response_time_ms\":" + millis + more + "}";
    }

    @Test
    void aLogIsThereWhenItIsAnsweredAndComesBackAsItCame() {
        TestClient ann = first.as("ann-of-logs");
        Answer taken = ann.post(LOGS, """
                {"query":"where\\u0000 to?","response_time_ms":12,"tokens_used":34,"conversation_id":"c/1","retrieval_quality":0.5,
                "recommendation":"REFINE","refinement_count":2,"contexts_retrieved":3,"model":"m1",
                "created_at":"2026-01-02T03:04:05.678901+02:00"}""");
        assertThat(taken.status()).isEqualTo(202);
        assertThat(taken.json().at("/accepted").asInt()).isEqualTo(1);
        JsonNode told = second.as("ann-of-logs").get(LOGS).json().at("/data/0");
        assertThat(told.at("/query").asString()).isEqualTo("where\ufffd to?");
        assertThat(told.at("/response_time_ms").asInt()).isEqualTo(12);
        assertThat(told.at("/tokens_used").asInt()).isEqualTo(34);
        assertThat(told.at("/conversation_id").asString()).isEqualTo("c/1");
        assertThat(told.at("/retrieval_quality").asDouble()).isEqualTo(0.5);
        assertThat(told.at("/recommendation").asString()).isEqualTo("REFINE");
        assertThat(told.at("/refinement_count").asInt()).isEqualTo(2);
        assertThat(told.at("/contexts_retrieved").asInt()).isEqualTo(3);
        assertThat(told.at("/model").asString()).isEqualTo("m1");
        assertThat(told.at("/created_at").asString()).isEqualTo("2026-01-02T01:04:05.678901Z");
        assertThat(told.at("/user_id").asString())
                .isEqualTo(Owner.named("ann-of-logs").id().toString());

        assertThat(ann.post(LOGS, log("short", 1, "")).status()).isEqualTo(202);
        JsonNode least = ann.get(LOGS + "?limit=1").json().at("/data/0");
        assertThat(least.at("/query").asString()).isEqualTo("short");
        for (String name : List.of("tokens_used", "conversation_id", "retrieval_quality", "recommendation", "model")) {
            assertThat(least.path(name).isNull()).as(name).isTrue();
        }
    }

    @Test
    void manyComeTogetherOrNotAtAll() {
        TestClient user = first.as("many");
        String good = log("a", 1, "");
        Answer refused =
                user.post(LOGS, "{\"data\":[" + good + "," + log("b", 1, ",\"recommendation\":\"MAYBE\"") + "]}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.param()).isEqualTo("data[1].recommendation");
        assertThat(user.get(LOGS).json().at("/data").size()).isZero();
        Answer taken = user.post(LOGS, "{\"data\":[" + (good + ",").repeat(999) + good + "]}");
        assertThat(taken.status()).isEqualTo(202);
        assertThat(taken.json().at("/accepted").asInt()).isEqualTo(1_000);
        assertThat(user.get(OVERVIEW).json().at("/queries").asInt()).isEqualTo(1_000);
        assertThat(user.post(LOGS, "{\"data\":[" + (good + ",").repeat(1_000) + good + "]}")
                        .param())
                .isEqualTo("data");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"response_time_ms":1}                                                       | query
            {"query":"","response_time_ms":1}                                            | query
            {"query":"q"}                                                                | response_time_ms
            {"query":"q","response_time_ms":-1}                                          | response_time_ms
            {"query":"q","response_time_ms":1.5}                                         | response_time_ms
            {"query":"q","response_time_ms":1,"retrieval_quality":1.01}                  | retrieval_quality
            {"query":"q","response_time_ms":1,"retrieval_quality":"1"}                   | retrieval_quality
            {"query":"q","response_time_ms":1,"recommendation":"answer"}                 | recommendation
            {"query":"q","response_time_ms":1,"refinement_count":-1}                     | refinement_count
            {"query":"q","response_time_ms":1,"contexts_retrieved":99999999999}          | contexts_retrieved
            {"query":"q","response_time_ms":1,"conversation_id":".."}                    | conversation_id
            {"query":"q","response_time_ms":1,"model":" "}                               | model
            {"query":"q","response_time_ms":1,"created_at":"yesterday"}                  | created_at
            {"query":"q","response_time_ms":1,"created_at":"2999-01-01T00:00:00Z"}       | created_at
            {"query":"q","response_time_ms":1,"created_at":"1999-01-01T00:00:00Z"}       | created_at
            {"query":"q","response_time_ms":1,"other":1}                                 | other
            {"data":[],"query":"q"}                                                      | query
            {"data":[]}                                                                  | data
            {"data":[1]}                                                                 | data[0]
            """)
    void whatIsNotAsItMustBeIsRefusedAndSaysWhere(String body, String param) {
        Answer answer = first.as("wrong").post(LOGS, body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.param()).isEqualTo(param);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/query-logs?sort=response_time_ms,sort",
        "/api/query-logs?after=x,after",
        "/api/query-logs?from=now,from",
        "/api/query-logs?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z,to",
        "/api/query-logs?recommendation=x,recommendation",
        "/api/analytics/overview?user=ann,user",
        "/api/analytics/overview?user=1-1-1-1-1,user",
        "/api/analytics/overview?other=1,other",
        "/api/analytics/timeseries?bucket=day,metric",
        "/api/analytics/timeseries?metric=queries,bucket",
        "/api/analytics/timeseries?metric=queries&bucket=month,bucket",
        "/api/analytics/timeseries?metric=queries&bucket=minute&from=2026-01-01T00:00:00Z&to=2026-01-03T00:00:00Z,bucket",
        "/api/analytics/timeseries?metric=queries&bucket=hour&from=2020-01-01T00:00:00Z&to=2026-01-03T00:00:00Z,bucket",
    })
    void wrongParametersAreRefused(String path, String param) {
        Answer answer = first.admin().get(path);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.param()).isEqualTo(param);
    }

    @Test
    void listsGoThroughAllOnceNewestOrSlowestFirst() {
        TestClient user = first.as("lister");
        List<String> logs = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            String recommendation = i % 5 == 0 ? ",\"recommendation\":\"CLARIFY\"" : "";
            logs.add(log(
                    "q" + i,
                    i * 7 % 25,
                    ",\"created_at\":\"2026-02-%02dT00:00:00Z\"%s".formatted(i + 1, recommendation)));
        }
        user.post(LOGS, "{\"data\":[" + String.join(",", logs) + "]}");
        List<Integer> newest = all(user, LOGS + "?limit=4", "query");
        assertThat(newest).hasSize(25).isSortedAccordingTo((a, b) -> b - a).doesNotHaveDuplicates();
        List<Integer> slowest = all(user, LOGS + "?limit=4&sort=-response_time_ms", "response_time_ms");
        assertThat(slowest).hasSize(25).isSortedAccordingTo((a, b) -> b - a).doesNotHaveDuplicates();
        assertThat(all(user, LOGS + "?limit=4&recommendation=CLARIFY", "query")).containsExactly(20, 15, 10, 5, 0);
        assertThat(all(user, LOGS + "?limit=4&from=2026-02-03T00:00:00Z&to=2026-02-05T00:00:00Z", "query"))
                .containsExactly(3, 2);
    }

    private static List<Integer> all(TestClient client, String path, String member) {
        List<Integer> values = new ArrayList<>();
        JsonNode page = client.get(path).json();
        page.at("/data").forEach(log -> values.add(number(log.path(member))));
        while (page.at("/has_more").asBoolean()) {
            page = client.get(path + "&after=" + page.at("/next").asString()).json();
            page.at("/data").forEach(log -> values.add(number(log.path(member))));
        }
        return values;
    }

    private static int number(JsonNode value) {
        return value.isString() ? Integer.parseInt(value.asString().substring(1)) : value.asInt();
    }

    @Test
    void eachSeesTheirOwnAndAdminsAll() {
        first.as("ben").post(LOGS, log("bens", 10, ",\"model\":\"only-here\""));
        first.as("cid").post(LOGS, log("cids", 30, ",\"model\":\"only-here\""));
        String id = Owner.named("ben").id().toString();
        assertThat(first.as("ben").get(LOGS).text()).contains("bens").doesNotContain("cids");
        assertThat(first.admin().get(LOGS + "?limit=1000").text()).contains("bens", "cids");
        String ours = OVERVIEW + "?model=only-here";
        assertThat(second.as("ben").get(ours).json().at("/queries").asInt()).isEqualTo(1);
        assertThat(second.admin().get(ours).json().at("/queries").asInt()).isEqualTo(2);
        assertThat(second.admin().get(ours).json().at("/users").asInt()).isEqualTo(2);
        assertThat(second.admin()
                        .get(ours + "&user=" + id)
                        .json()
                        .at("/queries")
                        .asInt())
                .isEqualTo(1);
        assertThat(second.as("ben")
                        .get(ours + "&user=" + id)
                        .json()
                        .at("/queries")
                        .asInt())
                .isEqualTo(1);
        assertThat(second.as("cid").get(ours + "&user=" + id).status()).isEqualTo(403);
        assertThat(second.as("cid")
                        .get(SERIES + "?metric=queries&bucket=day&user=" + id)
                        .status())
                .isEqualTo(403);
        assertThat(second.as("cid").get(ours + "&dept_id=d").status()).isEqualTo(403);
        assertThat(second.admin().get(ours + "&dept_id=d&user=" + id).param()).isEqualTo("dept_id");
        String key = first.newKey("{\"name\":\"s\",\"role\":\"service\"}");
        TestClient service = first.anonymous().key(key).with("Verbatim-User", "ben");
        assertThat(service.get(ours).json().at("/queries").asInt()).isEqualTo(1);
        assertThat(service.get(LOGS).text()).contains("bens").doesNotContain("cids");
    }

    @Test
    void departmentsAreThoseOfTheUsersAtTheTime() {
        String user = first.newUser("dept@example.org", "correct horse battery");
        tables.sql("UPDATE users SET dept_id = 'sales' WHERE id = '" + user + "'");
        String key = first.newKey("{\"name\":\"k\",\"role\":\"user\",\"user_id\":\"" + user + "\"}");
        TestClient client = first.anonymous().key(key);
        client.post(LOGS, log("one", 10, ""));
        tables.sql("UPDATE users SET dept_id = 'support' WHERE id = '" + user + "'");
        client.post(LOGS, log("two", 10, ""));
        client.post(LOGS, log("three", 10, ""));
        assertThat(first.admin()
                        .get(OVERVIEW + "?dept_id=sales")
                        .json()
                        .at("/queries")
                        .asInt())
                .isEqualTo(1);
        assertThat(first.admin()
                        .get(OVERVIEW + "?dept_id=support")
                        .json()
                        .at("/queries")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void anOverviewSaysAllOfIt() {
        TestClient user = first.as("viewer");
        user.post("/api/conversations/v1/messages?create=true", "{\"role\":\"user\",\"content\":\"x\"}");
        String at = ",\"created_at\":\"2026-03-04T05:%s:00Z\"";
        user.post(
                LOGS,
                "{\"data\":["
                        + log(
                                "a",
                                10,
                                ",\"tokens_used\":5,\"conversation_id\":\"v1\",\"recommendation\":\"ANSWER\","
                                        + "\"retrieval_quality\":0.8,\"refinement_count\":1,\"contexts_retrieved\":4"
                                        + at.formatted("10"))
                        + ","
                        + log(
                                "b",
                                20,
                                ",\"tokens_used\":7,\"conversation_id\":\"v1\",\"recommendation\":\"EXTERNAL\","
                                        + "\"retrieval_quality\":0.2,\"refinement_count\":3,\"contexts_retrieved\":0"
                                        + at.formatted("20"))
                        + "," + log("c", 40, ",\"conversation_id\":\"v2\"" + at.formatted("59"))
                        + "," + log("d", 5, ",\"created_at\":\"2026-03-04T06:00:00Z\"") + "]}");
        JsonNode told = second.as("viewer")
                .get(OVERVIEW + "?from=2026-03-04T05:30:00Z&to=2026-03-04T05:40:00Z")
                .json();
        assertThat(told.at("/from").asString()).isEqualTo("2026-03-04T05:00:00.000000Z");
        assertThat(told.at("/to").asString()).isEqualTo("2026-03-04T06:00:00.000000Z");
        assertThat(told.at("/queries").asInt()).isEqualTo(3);
        assertThat(told.at("/users").asInt()).isEqualTo(1);
        assertThat(told.at("/conversations").asInt()).isEqualTo(2);
        assertThat(told.at("/tokens/total").asInt()).isEqualTo(12);
        assertThat(told.at("/tokens/avg").asDouble()).isEqualTo(6);
        assertThat(told.at("/response_time_ms/avg").asDouble()).isBetween(23.33, 23.34);
        assertThat(told.at("/response_time_ms/p50").asInt()).isEqualTo(20);
        assertThat(told.at("/response_time_ms/p95").asInt()).isEqualTo(40);
        assertThat(told.at("/response_time_ms/p99").asInt()).isEqualTo(40);
        assertThat(told.at("/retrieval_quality/avg").asDouble()).isEqualTo(0.5);
        JsonNode by = told.at("/retrieval_quality/by_recommendation");
        assertThat(by.at("/ANSWER/count").asInt()).isEqualTo(1);
        assertThat(by.at("/ANSWER/share").asDouble()).isBetween(0.333, 0.334);
        assertThat(by.at("/ANSWER/avg").asDouble()).isEqualTo(0.8);
        assertThat(by.at("/CLARIFY/count").asInt()).isZero();
        assertThat(by.at("/CLARIFY/avg").isNull()).isTrue();
        assertThat(told.at("/refinements/avg").asDouble()).isEqualTo(2);
        assertThat(told.at("/contexts/avg").asDouble()).isEqualTo(2);
        assertThat(told.at("/cache").isNull())
                .as("all users' reads are for admins")
                .isTrue();
        assertThat(user.get(OVERVIEW).json().at("/messages").asInt()).isEqualTo(1);
        JsonNode answers = user.get(OVERVIEW + "?recommendation=ANSWER").json();
        assertThat(answers.at("/queries").asInt()).isEqualTo(1);
        assertThat(answers.at("/messages").isNull()).as("messages have none").isTrue();
        assertThat(user.get(OVERVIEW).json().at("/from").isNull()).isTrue();

        JsonNode nothing = user.get(OVERVIEW + "?to=2020-01-01T00:00:00Z").json();
        assertThat(nothing.at("/queries").asInt()).isZero();
        assertThat(nothing.at("/response_time_ms/p95").isNull()).isTrue();
        assertThat(nothing.at("/retrieval_quality/by_recommendation/ANSWER/share")
                        .isNull())
                .isTrue();
    }

    @Test
    void aPlotHasAPointForEachBucketAlsoWhereNothingWas() {
        TestClient user = first.as("plotter");
        user.post(
                LOGS,
                "{\"data\":["
                        + log("a", 10, ",\"created_at\":\"2026-03-04T05:10:00Z\"") + ","
                        + log("b", 30, ",\"created_at\":\"2026-03-04T07:10:00Z\"") + ","
                        + log("c", 50, ",\"created_at\":\"2026-03-04T07:10:30Z\"") + "]}");
        JsonNode hours = user.get(SERIES + "?metric=queries&bucket=hour").json();
        assertThat(hours.at("/data").size()).isEqualTo(3);
        assertThat(hours.at("/data/0/at").asString()).isEqualTo("2026-03-04T05:00:00.000000Z");
        assertThat(hours.at("/data/0/value").asInt()).isEqualTo(1);
        assertThat(hours.at("/data/1/value").asInt()).isZero();
        assertThat(hours.at("/data/2/value").asInt()).isEqualTo(2);
        JsonNode slow =
                user.get(SERIES + "?metric=response_time_p95&bucket=hour").json();
        assertThat(slow.at("/data/1/value").isNull()).isTrue();
        assertThat(slow.at("/data/2/value").asInt()).isEqualTo(50);
        JsonNode days = user.get(SERIES
                        + "?metric=response_time_avg&bucket=day&from=2026-03-03T12:00:00Z&to=2026-03-05T00:00:00Z")
                .json();
        assertThat(days.at("/data").size()).isEqualTo(2);
        assertThat(days.at("/data/1/value").asInt()).isEqualTo(30);
        JsonNode minutes = user.get(
                        SERIES + "?metric=queries&bucket=minute&from=2026-03-04T07:09:00Z&to=2026-03-04T07:12:00Z")
                .json();
        assertThat(minutes.at("/data").size()).isEqualTo(3);
        assertThat(minutes.at("/data/1/value").asInt()).isEqualTo(2);
        assertThat(first.as("nobody-asks")
                        .get(SERIES + "?metric=queries&bucket=day")
                        .json()
                        .at("/data")
                        .size())
                .isZero();
    }

    @Test
    void chatWritesALogOfItsOwnAndOnceForARepeat() {
        TestClient user = first.as("chatter");
        String body =
                "{\"conversation_id\":\"chat\",\"messages\":[{\"id\":\"m1\",\"role\":\"user\",\"content\":\"what now?\"}]}";
        assertThat(user.post("/chat?create=true", body).status()).isEqualTo(200);
        assertThat(user.post("/chat?create=true", body).status()).isEqualTo(200);
        assertThat(user.post(
                                "/chat",
                                "{\"conversation_id\":\"chat\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"and then?\"}]}")
                        .status())
                .isEqualTo(200);
        Await.until(() -> user.get(LOGS).json().at("/data").size() == 2);
        JsonNode logs = second.as("chatter").get(LOGS).json().at("/data");
        assertThat(logs.at("/0/query").asString()).isEqualTo("and then?");
        assertThat(logs.at("/1/query").asString()).isEqualTo("what now?");
        assertThat(logs.at("/1/conversation_id").asString()).isEqualTo("chat");
        assertThat(logs.at("/1/model").isString()).isTrue();
        assertThat(logs.at("/1/recommendation").isNull()).isTrue();
        assertThat(user.delete("/api/conversations/chat").status()).isEqualTo(204);
        JsonNode left = user.get(LOGS).json().at("/data");
        assertThat(left.size()).isEqualTo(2);
        assertThat(left.at("/0/query").asString()).isEmpty();
        assertThat(left.at("/0/conversation_id").isNull()).isTrue();
        assertThat(user.get(OVERVIEW).json().at("/conversations").asInt()).isEqualTo(1);
    }

    @Test
    void theAgentLogsWhatItFoundAndThatIsToldTogether() {
        TestClient user = first.as("seeker");
        user.post("/api/conversations/trip/messages?create=true", said("We sleep at the Avenida in Lisbon"));
        assertThat(user.post("/chat/agent?create=true", asked("Where in Lisbon is the Avenida?"))
                        .json()
                        .at("/recommendation")
                        .asString())
                .isEqualTo("ANSWER");
        user.post("/chat/agent?create=true", asked("How heavy is the planet Saturn?"));
        Await.until(() -> user.get(LOGS).json().at("/data").size() == 2);

        JsonNode found = user.get(LOGS + "?recommendation=ANSWER").json().at("/data/0");
        assertThat(found.at("/query").asString()).isEqualTo("Where in Lisbon is the Avenida?");
        assertThat(found.at("/retrieval_quality").asDouble()).isBetween(0.75, 1.0);
        assertThat(found.at("/contexts_retrieved").asInt()).isEqualTo(1);
        assertThat(found.at("/refinement_count").asInt()).isZero();
        JsonNode quality = user.get(OVERVIEW).json().at("/retrieval_quality/by_recommendation");
        assertThat(quality.at("/ANSWER/count").asInt()).isEqualTo(1);
        assertThat(quality.at("/EXTERNAL/share").asDouble()).isEqualTo(0.5);
    }

    private static String asked(String question) {
        return "{\"conversation_id\":\"now\",\"messages\":[" + said(question) + "]}";
    }

    private static String said(String text) {
        return "{\"role\":\"user\",\"content\":\"" + text + "\"}";
    }

    @Test
    void whatIsDroppedIsCounted() {
        assertThat(first.anonymous().get("/metrics").text()).contains("verbatim_query_logs_dropped_total 0");
    }

    @Test
    void logsThatAreTooOldToBeKeptAreRefused() {
        try (TestServer keeping =
                TestServer.with(firstStore, firstStore.accounts(), Map.of("QUERY_LOG_RETENTION_DAYS", "3000"))) {
            String old = ",\"created_at\":\"" + Instant.now().minus(Duration.ofDays(3_001)) + "\"";
            assertThat(keeping.as("old").post(LOGS, log("q", 1, old)).param()).isEqualTo("created_at");
            String younger = ",\"created_at\":\"" + Instant.now().minus(Duration.ofDays(2_999)) + "\"";
            assertThat(keeping.as("old").post(LOGS, log("q", 1, younger)).status())
                    .isEqualTo(202);
        }
    }

    @Test
    void aStoreWithoutQueryLogsSaysSo() {
        try (TestServer memory = TestServer.start()) {
            assertThat(memory.as("u").get(OVERVIEW).status()).isEqualTo(503);
            assertThat(memory.as("u").post(LOGS, log("q", 1, "")).code()).isEqualTo("unavailable");
            assertThat(memory.as("u")
                            .post("/chat", "{\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}")
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void theAdminItselfHasLogsToo() {
        assertThat(first.admin()
                        .post(LOGS, log("mine", 1, ",\"model\":\"admins\""))
                        .status())
                .isEqualTo(202);
        assertThat(first.admin()
                        .get(OVERVIEW + "?model=admins&user=" + Accounts.ADMIN_ID)
                        .json()
                        .at("/queries")
                        .asInt())
                .isEqualTo(1);
    }
}
