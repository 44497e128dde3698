package dev.verbatim.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.server.TestClient.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Edit, truncate and fork over HTTP. */
class RevisionsTest {
    private static final String C = "/api/conversations/c";
    private static final String MESSAGES = C + "/messages";

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

    private static TestClient withThree(String user) {
        TestClient client = server.as(user);
        client.post(
                MESSAGES + "?create=true",
                "{\"messages\":[{\"id\":\"m1\",\"role\":\"user\",\"content\":\"a\",\"n\":1e400},"
                        + "{\"id\":\"m/2\",\"role\":\"assistant\",\"content\":\"b\"},{\"id\":\"m3\",\"role\":\"user\"}]}");
        return client;
    }

    @Test
    void anEditAnswersWithTheMessageAndATagForIfMatch() {
        TestClient anna = withThree("edit");
        String before = anna.get(MESSAGES).header("ETag");
        Answer edited = anna.patch(MESSAGES + "/m%2F2", "{\"content\":[1.0],\"role\":\"tool\"}");
        assertThat(edited.status()).isEqualTo(200);
        assertThat(edited.text()).contains("\"id\":\"m/2\",\"seq\":2", "\"role\":\"tool\",\"content\":[1.0]}");
        assertThat(anna.get(MESSAGES + "/m%2F2").text()).isEqualTo(edited.text());
        assertThat(anna.get(MESSAGES).text()).contains(edited.text(), "\"n\":1e400");
        String message = "{\"role\":\"user\",\"content\":\"next\"}";
        Answer late = anna.with("If-Match", before).post(MESSAGES, message);
        assertThat(late.status()).isEqualTo(412);
        assertThat(late.code()).isEqualTo("generation_changed");
        assertThat(anna.with("If-Match", before)
                        .patch(MESSAGES + "/m1", "{\"content\":\"z\"}")
                        .status())
                .isEqualTo(412);
        assertThat(anna.with("If-Match", edited.header("ETag"))
                        .post(MESSAGES, message)
                        .status())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"id\":\"m2\"}|id",
                "{\"created_at\":\"2001-01-01T00:00:00Z\"}|created_at",
                "{\"created_at\":1}|created_at",
                "{\"role\":null}|role",
                "[]|body",
                "{\"a\":1,\"a\":2}|body",
                "''|body"
            })
    void anEditThatCannotBeIsRefused(String body, String param) {
        TestClient anna = withThree("refused");
        String before = anna.get(MESSAGES).text();
        Answer refused = anna.patch(MESSAGES + "/m1", body);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.param()).isEqualTo(param);
        assertThat(anna.get(MESSAGES).text()).isEqualTo(before);
    }

    @Test
    void whatIsNotThereCannotBeEdited() {
        TestClient anna = withThree("missing");
        assertThat(anna.patch(MESSAGES + "/m4", "{\"content\":\"x\"}").status()).isEqualTo(404);
        assertThat(anna.patch("/api/conversations/d/messages/m1", "{\"content\":\"x\"}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void truncatingKeepsWhatStandsUpToTheNumber() {
        TestClient anna = withThree("truncate");
        String before = anna.get(MESSAGES).header("ETag");
        Answer left = anna.delete(MESSAGES + "?after_seq=1");
        assertThat(left.status()).isEqualTo(200);
        assertThat(left.text()).isEqualTo(anna.get(C).text());
        assertThat(left.json().at("/last_seq").asInt()).isEqualTo(1);
        assertThat(anna.get(MESSAGES).json().at("/data").size()).isEqualTo(1);
        assertThat(anna.get(MESSAGES + "/m3").status()).isEqualTo(404);
        assertThat(anna.with("If-Match", before)
                        .delete(MESSAGES + "?after_seq=0")
                        .status())
                .isEqualTo(412);
        Answer next = anna.with("If-Match", left.header("ETag")).post(MESSAGES, "{\"role\":\"user\"}");
        assertThat(next.json().at("/last_seq").asInt()).isEqualTo(2);
        assertThat(anna.delete(MESSAGES).param()).isEqualTo("after_seq");
        assertThat(anna.delete(MESSAGES + "?after_seq=-1").param()).isEqualTo("after_seq");
        assertThat(anna.delete("/api/conversations/d/messages?after_seq=0").status())
                .isEqualTo(404);
    }

    @Test
    void aForkIsANewConversation() {
        TestClient anna = withThree("fork");
        Answer fork = anna.post(C + "/fork", "{\"at_seq\":2}");
        assertThat(fork.status()).isEqualTo(201);
        assertThat(fork.json().at("/last_seq").asInt()).isEqualTo(2);
        assertThat(fork.json().at("/title").asString()).isEqualTo("a");
        String path = fork.header("Location");
        assertThat(anna.get(path).text()).isEqualTo(fork.text());
        assertThat(anna.get(path + "/messages").json().at("/data"))
                .isEqualTo(anna.get(MESSAGES + "?before=3").json().at("/data"));
        assertThat(anna.post(C + "/fork", "").json().at("/last_seq").asInt()).isEqualTo(3);
        for (String bad : new String[] {"4", "-1", "1.5", "\"2\"", "123456789012345678901"}) {
            Answer refused = anna.post(C + "/fork", "{\"at_seq\":" + bad + "}");
            assertThat(refused.status()).as(bad).isEqualTo(400);
            assertThat(refused.param()).as(bad).isEqualTo("at_seq");
        }
        assertThat(anna.get("/api/conversations").json().at("/data").size()).isEqualTo(3);
        assertThat(server.as("stranger").post(C + "/fork", "").status()).isEqualTo(404);
    }
}
