package dev.verbatim.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.server.TestClient.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Searching over HTTP. */
class SearchApiTest {
    @SuppressWarnings("NullAway.Init")
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        server.as("ann").post("/api/conversations/c/messages?create=true", """
                        {"messages":[{"role":"user","content":"<b>blue</b> car"},
                        {"role":"assistant","content":[{"type":"text","text":"a car"},{"type":"text","text":"in green"}]},
                        {"role":"assistant","content":null,"tool_calls":[{"id":"1","function":{"name":"n","arguments":"hidden"}}]},
                        {"role":"tool","tool_call_id":"1","content":"shown"}]}
                        """);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Answer search(String user, String query) {
        return server.as(user).get("/api/search?q=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
    }

    @Test
    void aHitSaysWhereItIsAndWhatItSays() {
        Answer answer = search("ann", "\"in green\"");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().at("/data").size()).isEqualTo(1);
        assertThat(answer.json().at("/data/0/conversation_id").asString()).isEqualTo("c");
        assertThat(answer.json().at("/data/0/seq").asInt()).isEqualTo(2);
        assertThat(answer.json().at("/data/0/role").asString()).isEqualTo("assistant");
        assertThat(answer.json().at("/data/0/snippet").asString()).isEqualTo("a car <mark>in green</mark>");
        assertThat(answer.json().at("/has_more").asBoolean()).isFalse();
    }

    @Test
    void theTitleIsAHitOfItsOwnAndTheSnippetSafe() {
        Answer answer = search("ann", "blue");
        assertThat(answer.json().at("/data/0/message_id").isNull()).isTrue();
        assertThat(answer.json().at("/data/0/seq").isNull()).isTrue();
        assertThat(answer.json().at("/data/1/snippet").asString())
                .isEqualTo("&lt;b&gt;<mark>blue</mark>&lt;/b&gt; car");
    }

    @Test
    void callsOfToolsAreNotSearchedTheirResultsAre() {
        assertThat(search("ann", "hidden").json().at("/data").size()).isZero();
        assertThat(search("ann", "shown").json().at("/data").size()).isEqualTo(1);
        assertThat(search("ann", "role").json().at("/data").size()).isZero();
    }

    @Test
    void nobodyElseFindsIt() {
        assertThat(search("bob", "blue").json().at("/data").size()).isZero();
    }

    @Test
    void pagesGoOnWhereTheyEnded() {
        Answer first = server.as("ann").get("/api/search?q=car&limit=2");
        assertThat(first.json().at("/data").size()).isEqualTo(2);
        assertThat(first.json().at("/has_more").asBoolean()).isTrue();
        Answer second = server.as("ann")
                .get("/api/search?q=car&limit=2&after="
                        + first.json().at("/next").asString());
        assertThat(second.json().at("/data").size()).isEqualTo(1);
        assertThat(second.json().at("/next").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"'',q", "q=,q", "q=-x,q", "q=!!,q", "q=x&limit=0,limit", "q=x&after=y,after", "q=x&w=1,w"})
    void whatIsWrongIsRefused(String query, String param) {
        Answer answer = server.as("ann").get("/api/search?" + query);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.param()).isEqualTo(param);
    }

    @Test
    void aQueryHasAThousandCharactersAtMost() {
        assertThat(search("ann", "x".repeat(1_000)).status()).isEqualTo(200);
        assertThat(search("ann", "x".repeat(1_001)).param()).isEqualTo("q");
    }
}
