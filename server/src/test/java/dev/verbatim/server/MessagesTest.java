package dev.verbatim.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.server.TestClient.Answer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class MessagesTest {
    private static final String C = "/api/conversations/c/messages";

    @SuppressWarnings("NullAway.Init")
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static TestClient tenMessages(String user) {
        TestClient client = server.as(user);
        String list = IntStream.rangeClosed(1, 10)
                .mapToObj(i -> "{\"id\":\"m" + i + "\",\"role\":\"user\",\"content\":\"" + i + "\"}")
                .reduce((a, b) -> a + ", " + b)
                .orElseThrow();
        assertThat(client.post(C + "?create=true", "{\"messages\": [" + list + "]}")
                        .status())
                .isEqualTo(201);
        return client;
    }

    private static List<Long> seqs(JsonNode answer) {
        return answer.at("/data").valueStream().map(m -> m.at("/seq").asLong()).toList();
    }

    @Test
    void whatGoesInComesOut() {
        TestClient anna = server.as("lossless");
        String odd = "\"content\":null,\"n\":[1.0,1e400,12345678901234567890],\"s\":\"\\u0000\\ud800 \\u202e\","
                + "\"tool_calls\":[{\"id\":\"a\"},{\"id\":\"b\"}],\"messages\":[1]";
        Answer stored = anna.post(C + "?create=true", "{\"role\":\"assistant\", " + odd + "}");
        assertThat(stored.status()).isEqualTo(201);
        assertThat(stored.text()).contains(odd).contains("\"last_seq\":1");
        assertThat(anna.get(C).text()).contains(odd);
        String id = stored.json().at("/data/0/id").asString();
        assertThat(anna.get(C + "/" + id).text()).contains(odd).startsWith("{\"id\":\"" + id + "\",\"seq\":1,");
        assertThat(anna.get(C + "/other").status()).isEqualTo(404);
    }

    @Test
    void whatIsTheServicesIsSetByIt() {
        TestClient anna = server.as("services");
        String message = "{\"id\":null,\"seq\":\"mine\",\"created_at\":\"2026-01-31T12:00:00.1234567+05:45\","
                + "\"role\":\"user\"}";
        JsonNode stored = anna.post(C + "?create=true", message).json().at("/data/0");
        assertThat(stored.at("/id").asString()).hasSize(36);
        assertThat(stored.at("/seq").toString()).isEqualTo("1");
        assertThat(stored.at("/created_at").asString()).isEqualTo("2026-01-31T06:15:00.123456Z");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                         | 1,2,3,4,5,6,7,8,9,10 | false | null",
                "?limit=3                   | 8,9,10 | true  | null",
                "?limit=3&order=desc        | 10,9,8 | true  | null",
                "?limit=3&after=0           | 1,2,3  | true  | 3",
                "?limit=3&after=3&order=asc | 4,5,6  | true  | 6",
                "?limit=3&after=7           | 8,9,10 | false | null",
                "?limit=3&before=5          | 2,3,4  | true  | null",
                "?limit=3&before=3          | 1,2    | false | null",
                "?limit=9&after=2&before=5  | 3,4    | false | null",
                "?limit=1&after=2&before=5  | 3      | true  | 3",
                "?after=10                  | ''     | false | null",
                "?after=5&before=5          | ''     | false | null",
            })
    void aSliceIsWhatWasAskedFor(String query, String expected, boolean more, String next) {
        TestClient anna = tenMessages("slices");
        Answer answer = anna.get(C + query.strip());
        assertThat(seqs(answer.json()).stream().map(String::valueOf).toList())
                .isEqualTo(expected.isEmpty() ? List.of() : List.of(expected.split(",")));
        assertThat(answer.json().at("/has_more").asBoolean()).isEqualTo(more);
        assertThat(answer.json().at("/next").toString()).isEqualTo(next);
        assertThat(answer.json().at("/object").asString()).isEqualTo("list");
    }

    @Test
    void aWindowForAModelHoldsWhatFitsAndWholePairs() {
        TestClient anna = server.as("windows");
        anna.post(C + "?create=true", """
                {"messages":[{"role":"system","content":"Be kind."},{"role":"user","content":"Is it far?"},
                {"role":"assistant","content":null,"tool_calls":[{"id":"a"},{"id":"b"}]},
                {"role":"tool","tool_call_id":"b","content":"7 km"},{"role":"user","content":"Thanks!"}]}""");
        Answer all = anna.get(C + "?max_tokens=1000");
        assertThat(all.json().at("/data").size()).isEqualTo(6);
        assertThat(all.json().at("/data/4").toString())
                .isEqualTo("{\"role\":\"tool\",\"tool_call_id\":\"a\",\"content\":\"[no result]\",\"synthetic\":true}");
        assertThat(all.json().at("/has_more").asBoolean()).isFalse();
        Answer few = anna.get(C + "?max_tokens=15");
        assertThat(seqs(few.json())).containsExactly(1L, 5L);
        assertThat(few.json().at("/has_more").asBoolean()).isTrue();
        assertThat(seqs(anna.get(C).json())).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(anna.get(C + "?max_tokens=0").param()).isEqualTo("max_tokens");
        assertThat(anna.get(C + "?max_tokens=9&order=desc").param()).isEqualTo("order");
    }

    @Test
    void aRepeatIsTheSameAndAnotherBodyAConflict() {
        TestClient anna = tenMessages("repeats");
        Answer again = anna.post(C, "{\"content\":\"3\",\"role\":\"user\",\"id\":\"m3\"}");
        assertThat(again.status()).isEqualTo(201);
        assertThat(seqs(again.json())).containsExactly(3L);
        Answer other = anna.post(
                C, "{\"messages\":[{\"role\":\"user\"},{\"id\":\"m3\",\"role\":\"user\",\"content\":\"else\"}]}");
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.param()).isEqualTo("id");
        assertThat(anna.get(C).json().at("/data").size()).isEqualTo(10);
    }

    @Test
    void anUnknownConversationIsNotMadeByItself() {
        assertThat(server.as("nobody").post(C, "{\"role\":\"user\"}").status()).isEqualTo(404);
        assertThat(server.as("nobody")
                        .post(C + "?create=false", "{\"role\":\"user\"}")
                        .status())
                .isEqualTo(404);
        Answer read = server.as("nobody").get(C);
        assertThat(read.status()).isEqualTo(404);
        assertThat(read.text()).contains("no conversation \\\"c\\\"").doesNotContain("create");
        assertThat(server.as("nobody").post(C, "{\"role\":\"user\"}").text()).contains("?create=true");
        assertThat(server.as("nobody")
                        .post("/chat", "{\"conversation_id\":\"c\",\"messages\":[{\"role\":\"user\"}]}")
                        .text())
                .contains("?create=true");
    }

    @Test
    void anErrorAboutThePathNamesItAsTheDocumentDoes() {
        for (String path : List.of("", "/messages", "/messages/m")) {
            Answer answer = server.as("paths").get("/api/conversations/a%00" + path);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.param()).isEqualTo("id");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"role\":\"user\",}        | not valid JSON at byte 15: unexpected character ('}' (code 125))",
                "{\"role\":\"user\",\"a\":NaN} | not valid JSON at byte 22: non-standard token 'NaN'",
                "{\"role\":\"user\"          | it ends too early",
                "{\"role\":\"user\",\"a\":1,\"a\":2} | member \\\"a\\\" is there twice",
                "{\"role\":\"user\",\"a\":DEEP} | nested more than 500 levels deep",
            })
    void whatIsWrongWithJsonIsSaidInPlainWords(String body, String words) {
        String deep = "[".repeat(600) + "]".repeat(600);
        Answer answer = server.as("words").post(C + "?create=true", body.replace("DEEP", deep));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains(words).doesNotContain("REDACTED", "JsonReadFeature", "Stream", "Source");
    }

    @Test
    void theTagChangesWithTheConversation() {
        TestClient anna = tenMessages("etags");
        Answer read = anna.get(C);
        String tag = read.header("ETag");
        assertThat(tag).matches("\"[0-9a-f]+-[0-9]+-10\"");
        assertThat(read.header("Cache-Status")).startsWith("Verbatim; ");
        for (String known : List.of(tag, "W/" + tag, "\"x\", " + tag, "*")) {
            Answer same = anna.with("If-None-Match", known).get(C);
            assertThat(same.status()).isEqualTo(304);
            assertThat(same.text()).isEmpty();
            assertThat(same.header("ETag")).isEqualTo(tag);
        }
        anna.post(C, "{\"role\":\"user\"}");
        assertThat(anna.with("If-None-Match", tag).get(C).status()).isEqualTo(200);
        assertThat(anna.with("If-None-Match", "no tag").get(C).param()).isEqualTo("If-None-Match");
    }

    @Test
    void ifMatchIsAboutTheGeneration() {
        TestClient anna = tenMessages("if-match");
        String tag = anna.get(C).header("ETag");
        String later = anna.post(C, "{\"role\":\"user\"}").header("ETag");
        for (String one : List.of(tag, later)) {
            assertThat(anna.with("If-Match", one).post(C, "{\"role\":\"user\"}").status())
                    .as("an append does not change the generation")
                    .isEqualTo(201);
        }
        assertThat(anna.with("If-None-Match", later).get(C).status())
                .as("an append shows no slice that a client could keep")
                .isEqualTo(200);
        String other = tag.replaceAll("-[0-9]+-", "-999999999-");
        for (String wrong : List.of(other, "\"x\"", "\"x\", " + other, other + "," + other.replace("999-", "998-"))) {
            Answer refused = anna.with("If-Match", wrong).post(C, "{\"role\":\"user\"}");
            assertThat(refused.status()).isEqualTo(412);
            assertThat(refused.code()).isEqualTo("generation_changed");
            assertThat(anna.with("If-Match", wrong)
                            .patch("/api/conversations/c", "{\"title\":\"t\"}")
                            .status())
                    .isEqualTo(412);
            assertThat(anna.with("If-Match", wrong)
                            .delete("/api/conversations/c")
                            .status())
                    .isEqualTo(412);
        }
        assertThat(anna.get(C).json().at("/data").size()).isEqualTo(13);
        for (String right : List.of("*", "W/" + tag, other + ", " + tag)) {
            assertThat(anna.with("If-Match", right)
                            .post(C, "{\"role\":\"user\"}")
                            .status())
                    .isEqualTo(201);
        }
        assertThat(anna.with("If-Match", "1-2-3").post(C, "{\"role\":\"user\"}").param())
                .isEqualTo("If-Match");
        assertThat(anna.with("If-Match", "*")
                        .post("/api/conversations/none/messages?create=true", "{\"role\":\"user\"}")
                        .status())
                .isEqualTo(404);
        assertThat(anna.with("If-Match", tag).delete("/api/conversations/c").status())
                .isEqualTo(204);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "                                    | body",
                "nonsense                            | body",
                "[]                                  | body",
                "{\"role\":\"user\"} {}              | body",
                "{\"role\":\"user\"                  | body",
                "{}                                  | role",
                "{\"role\":1}                        | role",
                "{\"role\":\"\"}                     | role",
                "{\"role\":\"user\",\"role\":\"x\"}  | body",
                "{\"role\":\"user\",\"a\":{\"b\":1,\"b\":2}} | body",
                "{\"role\":\"user\",\"id\":\"\"}     | id",
                "{\"role\":\"user\",\"id\":\"a\\u0000\"} | id",
                "{\"role\":\"user\",\"id\":7}        | id",
                "{\"role\":\"user\",\"created_at\":\"now\"} | created_at",
                "{\"messages\":[]}                   | messages",
                "{\"messages\":{}}                   | messages",
                "{\"messages\":[1]}                  | messages[0]",
                "{\"messages\":[{\"role\":\"user\"},{\"content\":1}]} | messages[1].role",
                "{\"messages\":[{\"role\":\"user\",\"a\":1,\"a\":2}]} | messages[0]",
                "{\"messages\":[{\"role\":\"user\"}],\"x\":1} | messages",
                "{\"messages\":[{\"role\":\"user\"}],\"messages\":[]} | messages",
            })
    void aBodyThatIsNotRightIsRefusedWhole(String body, String param) {
        TestClient anna = server.as("bad-bodies");
        Answer answer = anna.post(C + "?create=true", body == null ? "" : body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.param()).isEqualTo(param);
        assertThat(anna.get("/api/conversations/c").status())
                .as("nothing half done")
                .isEqualTo(404);
    }

    @Test
    void aThousandMessagesAreTakenAndOneMoreIsNot() {
        TestClient anna = server.as("thousand");
        String one = "{\"role\":\"user\"}";
        String more = ("," + one).repeat(999);
        assertThat(anna.post(C + "?create=true", "{\"messages\":[" + one + more + "," + one + "]}")
                        .param())
                .isEqualTo("messages");
        assertThat(anna.post(C + "?create=true", "{\"messages\":[" + one + more + "]}")
                        .json()
                        .at("/last_seq")
                        .asInt())
                .isEqualTo(1000);
        assertThat(anna.get(C + "?limit=1000").json().at("/data").size()).isEqualTo(1000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=-1",
                "limit=abc",
                "limit=1001",
                "limit=",
                "limit=1.5",
                "limit=99999999999999999999",
                "limit=1&limit=1",
                "after=-1",
                "after=x",
                "before=0",
                "min_seq=-1",
                "order=up",
                "unknown=1",
                "max_tokens=0"
            })
    void aQueryThatIsNotRightIsRefused(String query) {
        TestClient anna = tenMessages("bad-queries");
        Answer answer = anna.get(C + "?" + query);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.param()).isEqualTo(query.substring(0, query.indexOf('=')));
    }

    @Test
    void freshIsAskedForByHeader() {
        TestClient anna = tenMessages("fresh");
        assertThat(anna.with("Cache-Control", "max-age=0, No-Cache").get(C).status())
                .isEqualTo(200);
        assertThat(anna.get(C + "?min_seq=500").json().at("/data").size()).isEqualTo(10);
    }
}
