package dev.verbatim.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.server.TestClient.Answer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ConversationsTest {
    private static final String ALL = "/api/conversations";

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

    @Test
    void isMadeOnceAndThenTheSame() {
        TestClient anna = server.as("made-once");
        Answer made = anna.post(ALL, "{\"id\":\"c\",\"title\":\"T\",\"metadata\":{\"n\": 1e400, \"z\" : 1.0}}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.header("Location")).isEqualTo(ALL + "/c");
        JsonNode json = made.json();
        assertThat(json.propertyNames())
                .containsExactly(
                        "id", "title", "message_count", "last_seq", "gen", "metadata", "created_at", "updated_at");
        assertThat(made.text()).contains("\"metadata\":{\"n\":1e400,\"z\":1.0}");
        assertThat(json.at("/created_at").asString()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
        Answer again = anna.post(ALL, "{\"id\":\"c\",\"title\":\"other\"}");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.text()).isEqualTo(made.text());
    }

    @Test
    void oneThatWasMadeElsewhereKeepsItsTime() {
        TestClient anna = server.as("made-before");
        Answer made = anna.post(ALL, "{\"id\":\"c\",\"created_at\":\"2001-02-03T04:05:06+01:00\"}");
        assertThat(made.json().at("/created_at").asString()).isEqualTo("2001-02-03T03:05:06.000000Z");
        Answer refused = anna.post(ALL, "{\"id\":\"d\",\"created_at\":\"yesterday\"}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.param()).isEqualTo("created_at");
    }

    @Test
    void oneWithoutAnIdGetsOne() {
        Answer made = server.as("no-id").post(ALL, "");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json().at("/id").asString()).hasSize(36);
        assertThat(made.json().at("/title").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "a+b", "a;b=c", "ä ö", "%41", "🙂", "a?b#c", "..."})
    void anyIdIsOnePathSegment(String id) {
        TestClient anna = server.as("ids");
        String json = "{\"id\":\"" + id + "\"}";
        Answer made = anna.post(ALL, json);
        assertThat(made.status()).isEqualTo(201);
        String path = made.header("Location");
        assertThat(anna.get(path).json().at("/id").asString()).isEqualTo(id);
        assertThat(anna.post(path + "/messages", "{\"role\":\"user\"}").status())
                .isEqualTo(201);
        assertThat(anna.delete(path).status()).isEqualTo(204);
        assertThat(anna.get(path).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%00", "%0A", "..", ".", "%2E%2e", "%ED%A0%80", "%FF", "%C0%AF", "a%", "a%4", "a%zz"})
    void anIdThatIsNotAllowedIsRefused(String segment) {
        RawAnswer answer = RawClient.request(
                server.port(),
                "GET " + ALL + "/" + segment + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + TestServer.ADMIN
                        + "\r\nConnection: close\r\n\r\n");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("\"error\":{\"message\":");
    }

    @Test
    void titleAndMetadataChangeAndTheActivityStays() {
        TestClient anna = server.as("patch");
        Answer made = anna.post(ALL, "{\"id\":\"c\"}");
        Answer changed = anna.patch(ALL + "/c", "{\"title\":\"New\"}");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.json().at("/title").asString()).isEqualTo("New");
        assertThat(changed.json().at("/updated_at")).isEqualTo(made.json().at("/updated_at"));
        assertThat(anna.patch(ALL + "/c", "{\"metadata\":{\"a\":1}}")
                        .json()
                        .at("/title")
                        .asString())
                .isEqualTo("New");
        assertThat(anna.patch(ALL + "/c", "{\"title\":null}")
                        .json()
                        .at("/title")
                        .isNull())
                .isTrue();
        assertThat(anna.patch(ALL + "/none", "{\"title\":\"x\"}").status()).isEqualTo(404);
    }

    @Test
    void listPagesThroughAllOnce() {
        TestClient anna = server.as("pages");
        for (int i = 0; i < 7; i++) {
            anna.post(ALL, "{\"id\":\"c" + i + "\",\"title\":\"" + (i % 2 == 0 ? "even" : "odd") + "\"}");
        }
        List<String> seen = new ArrayList<>();
        String path = ALL + "?limit=3";
        for (JsonNode page = anna.get(path).json(); ; page = anna.get(path).json()) {
            page.at("/data").forEach(c -> seen.add(c.at("/id").asString()));
            assertThat(page.at("/object").asString()).isEqualTo("list");
            assertThat(page.at("/has_more").asBoolean())
                    .isEqualTo(!page.at("/next").isNull());
            if (!page.at("/has_more").asBoolean()) {
                break;
            }
            path = ALL + "?limit=3&after=" + page.at("/next").asString();
        }
        assertThat(seen).containsExactlyInAnyOrder("c0", "c1", "c2", "c3", "c4", "c5", "c6");
        assertThat(anna.get(ALL + "?q=EVEN").json().at("/data").size()).isEqualTo(4);
        assertThat(anna.get(ALL + "?after=elsewhere").param()).isEqualTo("after");
    }

    @Test
    void anothersLooksLikeNone() {
        server.as("owner").post(ALL, "{\"id\":\"mine\"}");
        Answer another = server.as("stranger").get(ALL + "/mine");
        Answer none = server.as("stranger").get(ALL + "/none");
        assertThat(another.status()).isEqualTo(404);
        assertThat(another.text().replace("mine", "none")).isEqualTo(none.text());
        assertThat(server.as("stranger").delete(ALL + "/mine").status()).isEqualTo(404);
        assertThat(server.as("owner").get(ALL + "/mine").status()).isEqualTo(200);
    }

    @Test
    void aDeletedIdComesBackOnlyWhenItIsMadeAnew() {
        TestClient anna = server.as("gone");
        String messages = ALL + "/c/messages?create=true";
        anna.post(messages, "{\"role\":\"user\",\"content\":\"x\"}");
        assertThat(anna.delete(ALL + "/c").status()).isEqualTo(204);
        assertThat(anna.delete(ALL + "/c").status()).isEqualTo(404);
        Answer late = anna.post(messages, "{\"role\":\"user\",\"content\":\"x\"}");
        assertThat(late.status()).isEqualTo(410);
        assertThat(late.code()).isEqualTo("gone");
        assertThat(anna.post(ALL, "{\"id\":\"c\"}").status()).isEqualTo(201);
        assertThat(anna.get(ALL + "/c/messages").json().at("/data").size()).isZero();
    }

    @Test
    void aChangeWithoutABodyIsRefused() {
        TestClient anna = server.as("no-body");
        anna.post("/api/conversations", "{\"id\":\"c\"}");
        Answer answer = anna.send("PATCH", "/api/conversations/c", null);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.param()).isEqualTo("body");
    }

    @Test
    void aTitleThatCouldNotBeKeptAsItIsIsRefused() {
        TestClient anna = server.as("titles");
        for (String bad : new String[] {"\\u0000", "\\ud800"}) {
            Answer made = anna.post("/api/conversations", "{\"id\":\"t\",\"title\":\"a" + bad + "\"}");
            assertThat(made.status()).isEqualTo(400);
            assertThat(made.param()).isEqualTo("title");
        }
        assertThat(anna.get("/api/conversations/t").status()).isEqualTo(404);
    }
}
