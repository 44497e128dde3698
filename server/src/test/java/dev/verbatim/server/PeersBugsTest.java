package dev.verbatim.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.HistoryConfig;
import dev.verbatim.HybridHistoryStore;
import dev.verbatim.server.TestClient.Answer;
import dev.verbatim.testkit.Await;
import dev.verbatim.testkit.RealServers;
import dev.verbatim.testkit.TableTraces;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Bugs that users of other conversation stores report, each shown not to be here, over HTTP on real servers. */
class PeersBugsTest {
    @SuppressWarnings("NullAway.Init")
    private static TableTraces tables;

    @SuppressWarnings("NullAway.Init")
    private static HybridHistoryStore store;

    @SuppressWarnings("NullAway.Init")
    private static TestServer server;

    @BeforeAll
    static void start() {
        String database = RealServers.newDatabase();
        tables = new TableTraces(database);
        store = HybridHistoryStore.open(HistoryConfig.of(database, RealServers.emptyRedis()));
        server = TestServer.start(store, store.accounts());
    }

    @AfterAll
    static void stop() {
        server.close();
        store.close();
    }

    @Test
    void bug01FiftyMessagesInOneMillisecondComeBackOutOfOrder() {
        TestClient user = server.as("bug01");
        String time = "\"created_at\":\"2026-01-02T03:04:05.678Z\"";
        List<String> fifty = IntStream.range(0, 50)
                .mapToObj(i -> "{\"role\":\"user\",\"content\":\"m" + i + "\"," + time + "}")
                .toList();
        post(user, "c", "{\"messages\":[" + String.join(",", fifty) + "]}", 201);
        List<String> said = contents(user, "c", "limit=100");
        assertThat(said).isEqualTo(IntStream.range(0, 50).mapToObj(i -> "m" + i).toList());
        assertThat(contents(user, "c", "limit=100")).as("from the cache").isEqualTo(said);
    }

    @Test
    void bug02TwoWritersLoseOrDoubleMessages() throws Exception {
        TestClient user = server.as("bug02");
        post(user, "c", said("first"), 201);
        int each = 100;
        together(2, writer -> {
            for (int i = 0; i < each; i++) {
                post(user, "c", said("w" + writer + "-" + i), 201);
            }
            return 0;
        });
        List<String> all = contents(user, "c", "limit=1000");
        assertThat(all).hasSize(1 + 2 * each).doesNotHaveDuplicates();
        for (int writer = 0; writer < 2; writer++) {
            String prefix = "w" + writer + "-";
            assertThat(all.stream().filter(text -> text.startsWith(prefix)))
                    .isEqualTo(
                            IntStream.range(0, each).mapToObj(i -> prefix + i).toList());
        }
    }

    @Test
    void bug03TwoFirstWritesAtOnceMakeTwoHistories() throws Exception {
        TestClient user = server.as("bug03");
        together(8, writer -> {
            post(user, "c", said("w" + writer), 201);
            return 0;
        });
        assertThat(user.get("/api/conversations").json().at("/data").size()).isEqualTo(1);
        assertThat(contents(user, "c", "")).hasSize(8);
    }

    @Test
    void bug04ARetryAfterALostAnswerAppendsTwice() {
        TestClient user = server.as("bug04");
        String message = "{\"id\":\"m\",\"role\":\"user\",\"content\":\"once\"}";
        Answer first = post(user, "c", message, 201);
        post(user, "c", said("between"), 201);
        Answer again = post(user, "c", message, 201);
        assertThat(again.json().at("/data/0/seq")).isEqualTo(first.json().at("/data/0/seq"));
        assertThat(contents(user, "c", "")).containsExactly("once", "between");
    }

    @Test
    void bug05TheSameMessageIdInAnotherConversationIsSwallowed() {
        TestClient user = server.as("bug05");
        post(user, "a", "{\"id\":\"m\",\"role\":\"user\",\"content\":\"in a\"}", 201);
        post(user, "b", "{\"id\":\"m\",\"role\":\"user\",\"content\":\"in b\"}", 201);
        assertThat(contents(user, "a", "")).containsExactly("in a");
        assertThat(contents(user, "b", "")).containsExactly("in b");
    }

    @Test
    void bug06AWindowBeginsWithAResultWithoutItsCallOrEndsWithACallWithoutItsResult() {
        TestClient user = server.as("bug06");
        post(user, "c", said("word ".repeat(50)), 201);
        post(user, "c", call("one"), 201);
        post(user, "c", "{\"role\":\"tool\",\"tool_call_id\":\"one\",\"content\":\"" + "r ".repeat(20) + "\"}", 201);
        post(user, "c", call("two"), 201);
        for (int tokens = 1; tokens < 200; tokens += 3) {
            List<String> open = new ArrayList<>();
            for (JsonNode message : messages(user, "c", "max_tokens=" + tokens)) {
                message.at("/tool_calls").forEach(c -> open.add(c.at("/id").asString()));
                if (message.at("/role").asString().equals("tool")) {
                    assertThat(open.remove(message.at("/tool_call_id").asString()))
                            .as("a call stands before its result, max_tokens=%s", tokens)
                            .isTrue();
                }
            }
            assertThat(open).as("calls without result, max_tokens=%s", tokens).isEmpty();
        }
        assertThat(messages(user, "c", "")).as("what is stored is as it was").hasSize(4);
    }

    @Test
    void bug07ToolCallsNullContentImagesAndNumbersAreLost() {
        TestClient user = server.as("bug07");
        String members =
                "\"content\":null,\"tool_calls\":[{\"id\":\"a\"},{\"id\":\"b\"}],\"image\":{\"url\":\"data:;base64,AA==\"},"
                        + "\"metadata\":{\"n\":12345678901234567890.10,\"e\":1e400,\"deep\":[[{}]]}";
        post(user, "c", "{\"role\":\"assistant\"," + members + "}", 201);
        assertThat(read(user, "c", "").text()).contains(members);
        assertThat(read(user, "c", "").text()).as("from the cache").contains(members);
    }

    @Test
    void bug08AFailureInTheMiddleOfAReplaceLosesTheOldHistory() {
        TestClient user = server.as("bug08");
        post(user, "c", "{\"messages\":[" + said("a") + "," + said("b") + "]}", 201);
        post(user, "c", "{\"messages\":[" + said("new") + ",{\"content\":\"no role\"}]}", 400);
        String stale = "\"0-0-0\"";
        assertThat(user.with("If-Match", stale)
                        .delete(path("c") + "?after_seq=0")
                        .status())
                .isNotEqualTo(204);
        assertThat(contents(user, "c", "")).containsExactly("a", "b");
    }

    @Test
    void bug09ALateWriterRollsNewerStateBackOrBringsADeletedConversationBack() {
        TestClient user = server.as("bug09");
        Answer first = post(user, "c", "{\"id\":\"m\",\"role\":\"user\",\"content\":\"old\"}", 201);
        assertThat(first.status()).isEqualTo(201);
        String seen = read(user, "c", "").header("ETag");
        user.patch(path("c") + "/m", "{\"content\":\"new\"}");
        assertThat(user.with("If-Match", seen).post(path("c"), said("late")).status())
                .isEqualTo(412);
        assertThat(contents(user, "c", "")).containsExactly("new");
        user.delete("/api/conversations/c");
        assertThat(user.post(path("c"), said("late")).status()).isEqualTo(404);
        post(user, "c", said("late"), 410);
        assertThat(user.get(path("c")).status()).isEqualTo(404);
    }

    @Test
    void bug10UpdatingAMessageResetsTheTitle() {
        TestClient user = server.as("bug10");
        post(user, "c", "{\"id\":\"m\",\"role\":\"user\",\"content\":\"made title\"}", 201);
        user.patch("/api/conversations/c", "{\"title\":\"Mine\"}");
        assertThat(user.patch(path("c") + "/m", "{\"content\":\"other\"}").status())
                .isEqualTo(200);
        assertThat(user.get("/api/conversations/c").json().at("/title").asString())
                .isEqualTo("Mine");
    }

    @Test
    void bug11APageSkipsOrRepeatsMessagesWhileOthersAreInserted() {
        TestClient user = server.as("bug11");
        for (int i = 0; i < 30; i++) {
            post(user, "c", said("m" + i), 201);
        }
        List<Long> seen = new ArrayList<>();
        String before = "";
        for (boolean more = true; more; ) {
            JsonNode page = read(user, "c", "limit=7" + before).json();
            List<Long> part = new ArrayList<>();
            page.at("/data").forEach(m -> part.add(m.at("/seq").asLong()));
            seen.addAll(0, part);
            before = "&before=" + part.getFirst();
            more = page.at("/has_more").asBoolean();
            post(user, "c", said("meanwhile"), 201);
        }
        assertThat(seen)
                .isEqualTo(IntStream.rangeClosed(1, 30).mapToObj(Long::valueOf).toList());
    }

    @Test
    void bug12TheLastNAreTheOldestN() {
        TestClient user = server.as("bug12");
        for (int i = 1; i <= 30; i++) {
            post(user, "c", said("m" + i), 201);
        }
        assertThat(contents(user, "c", "limit=3")).containsExactly("m28", "m29", "m30");
        assertThat(contents(user, "c", "limit=3&order=desc")).containsExactly("m30", "m29", "m28");
    }

    @Test
    void bug13DeletedItemsCanStillBeReadOrFound() {
        TestClient user = server.as("bug13");
        post(user, "c", "{\"id\":\"m\",\"role\":\"user\",\"content\":\"platypus\"}", 201);
        read(user, "c", "");
        assertThat(user.delete("/api/conversations/c").status()).isEqualTo(204);
        assertThat(user.get(path("c")).status()).isEqualTo(404);
        assertThat(user.get(path("c") + "/m").status()).isEqualTo(404);
        assertThat(user.get("/api/conversations?q=platypus").json().at("/data").size())
                .isZero();
        assertThat(user.get("/api/export").text()).doesNotContain("platypus");
        assertThat(tables.of(List.of("platypus"))).isEmpty();
    }

    @Test
    void bug14AppendAndReadSlowDownAsTheConversationGrows() {
        TestClient user = server.as("bug14");
        for (int i = 0; i < 3; i++) {
            post(user, "c", "{\"messages\":[" + String.join(",", Collections.nCopies(1000, said("x"))) + "]}", 201);
        }
        long before = rowsRead();
        int calls = 30;
        for (int i = 0; i < calls; i++) {
            post(user, "c", said("more"), 201);
            user.with("Cache-Control", "no-cache").get(path("c") + "?limit=20");
        }
        Await.until(() -> rowsRead() - before >= calls * 20L);
        assertThat(rowsRead() - before)
                .as("rows that PostgreSQL looked at: the window's, not the conversation's")
                .isLessThan(calls * 100L);
    }

    private static long rowsRead() {
        return Long.parseLong(tables.column("SELECT seq_tup_read + coalesce(idx_tup_fetch, 0) FROM pg_stat_user_tables"
                        + " WHERE relname = 'messages'")
                .getFirst());
    }

    @Test
    void bug15AStorageErrorLooksLikeAnEmptyHistory() {
        TestClient user = server.as("bug15");
        post(user, "c", said("kept"), 201);
        tables.sql("ALTER TABLE conversations RENAME TO conversations_away");
        try {
            TestClient fresh = user.with("Cache-Control", "no-cache");
            assertThat(fresh.get(path("c")).status()).isGreaterThanOrEqualTo(500);
            assertThat(fresh.get("/api/conversations").status()).isGreaterThanOrEqualTo(500);
        } finally {
            tables.sql("ALTER TABLE conversations_away RENAME TO conversations");
        }
        assertThat(contents(user, "c", "")).containsExactly("kept");
    }

    @Test
    void bug16ANulByteALongIdOrABrokenEmojiMakesAWriteFail() {
        TestClient user = server.as("bug16");
        String odd = "\"content\":\"nul \\u0000, half an emoji \\ud83d, whole \\ud83d\\ude00\"";
        String id = "i".repeat(200);
        post(user, id, "{\"id\":\"" + id + "\",\"role\":\"user\"," + odd + "}", 201);
        assertThat(read(user, id, "").text()).contains(odd);
        assertThat(user.get(path(id) + "/" + id).text()).contains(odd);
        byte[] invalid = {'{', '"', 'r', 'o', 'l', 'e', '"', ':', '"', (byte) 0xc3, '"', '}'};
        Answer refused = user.sendBody("POST", path(id), HttpRequest.BodyPublishers.ofByteArray(invalid));
        assertThat(refused.status()).as("what is no UTF-8 is refused, and said").isEqualTo(400);
    }

    @Test
    void bug17OneUserReadsAnothersChatByItsIdOrEverybodySharesOneOrTheCallerIsBelieved() {
        TestClient anna = server.as("bug17-anna");
        TestClient other = server.as("bug17-other");
        post(anna, "default", "{\"id\":\"m\",\"role\":\"user\",\"content\":\"secret\"}", 201);
        assertThat(other.get(path("default")).status()).isEqualTo(404);
        assertThat(other.get(path("default") + "/m").status()).isEqualTo(404);
        assertThat(other.post(path("default"), said("x")).status()).isEqualTo(404);
        assertThat(other.delete("/api/conversations/default").status()).isEqualTo(404);
        post(other, "default", said("another one"), 201);
        assertThat(contents(anna, "default", "")).containsExactly("secret");
        assertThat(contents(other, "default", "")).containsExactly("another one");
        String id = server.newUser("bug17@example.org", "correct horse");
        String key = server.newKey("{\"name\":\"k\",\"role\":\"user\",\"user_id\":\"" + id + "\"}");
        TestClient claims = server.anonymous().key(key).with("Verbatim-User", "bug17-anna");
        assertThat(claims.get(path("default")).status()).isEqualTo(403);
    }

    private static String path(String conversation) {
        return "/api/conversations/" + conversation + "/messages";
    }

    private static String said(String text) {
        return "{\"role\":\"user\",\"content\":\"" + text + "\"}";
    }

    private static String call(String id) {
        return "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"" + id
                + "\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}";
    }

    private static Answer post(TestClient user, String conversation, String body, int status) {
        Answer answer = user.post(path(conversation) + "?create=true", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        return answer;
    }

    private static Answer read(TestClient user, String conversation, String query) {
        Answer answer = user.get(path(conversation) + "?" + query);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer;
    }

    private static List<JsonNode> messages(TestClient user, String conversation, String query) {
        List<JsonNode> messages = new ArrayList<>();
        read(user, conversation, query).json().at("/data").forEach(messages::add);
        return messages;
    }

    private static List<String> contents(TestClient user, String conversation, String query) {
        return messages(user, conversation, query).stream()
                .map(message -> message.at("/content").asString())
                .toList();
    }

    private interface Numbered {
        int run(int number) throws Exception;
    }

    /** Runs {@code work} so many times at once. */
    private static void together(int times, Numbered work) throws Exception {
        CyclicBarrier start = new CyclicBarrier(times);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> calls = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                int number = i;
                calls.add(() -> {
                    start.await();
                    return work.run(number);
                });
            }
            for (Future<Integer> call : callers.invokeAll(calls)) {
                call.get();
            }
        }
    }
}
