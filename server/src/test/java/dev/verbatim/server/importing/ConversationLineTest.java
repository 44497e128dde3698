package dev.verbatim.server.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verbatim.InvalidInputException;
import dev.verbatim.NewMessage;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConversationLineTest {
    @Test
    void readsIdTitleAndMessages() {
        SourceConversation conversation = Samples.parse(
                "{\"id\":\"a\",\"title\":\"Trip\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");

        assertThat(conversation.head().id()).isEqualTo("a");
        assertThat(conversation.head().title()).isEqualTo("Trip");
        assertThat(conversation.head().metadata()).isEqualTo("{}");
        assertThat(conversation.messages())
                .singleElement()
                .returns("user", NewMessage::role)
                .returns("{\"content\":\"hi\"}", NewMessage::body);
    }

    @Test
    void keepsEveryOtherMemberInTheMetadataAsItWasWritten() {
        SourceConversation conversation = Samples.parse(
                "{\"services\": [\"Hotels_1\", 1.0],\"id\":\"a\",\"big\":1e400 ,"
                        + "\"metadata\":{\"team\": \"\\ud800\"},\"messages\":[], \"flag\":true,\"nothing\":null,\"n\":-0}");

        assertThat(conversation.head().metadata())
                .isEqualTo("{\"services\":[\"Hotels_1\",1.0],\"big\":1e400,\"team\":\"\\ud800\","
                        + "\"flag\":true,\"nothing\":null,\"n\":-0}");
        assertThat(conversation.messages()).isEmpty();
    }

    @Test
    void takesTheTimeAtWhichItWasMadeAndKeepsWhatIsNone() {
        SourceConversation conversation =
                Samples.parse("{\"id\":\"a\",\"created_at\":\"2024-01-02T03:04:05+02:00\",\"messages\":[]}");

        assertThat(conversation.head().createdAt()).isEqualTo("2024-01-02T01:04:05Z");
        assertThat(conversation.head().metadata()).isEqualTo("{}");
        for (String other : new String[] {"1704157445", "\"yesterday\"", "{\"a\":[1.0]}", "null"}) {
            SourceConversation kept = Samples.parse("{\"id\":\"a\",\"created_at\":" + other + ",\"messages\":[]}");
            assertThat(kept.head().createdAt()).isNull();
            assertThat(kept.head().metadata()).isEqualTo("{\"created_at\":" + other + "}");
        }
    }

    @Test
    void keepsWhatAMessageHoldsAsItWasWritten() {
        SourceConversation conversation = Samples.parse(
                "{\"id\":\"a\",\"messages\":[ {\"content\": null , \"role\":\"assistant\","
                        + "\"tool_calls\":[{\"n\":1.0,\"m\":12345678901234567890}],\"x\":\"\\u0000\\udc00\"} , {\"role\":\"ü\"} ]}");

        assertThat(conversation.messages().getFirst().body())
                .isEqualTo("{\"content\":null,\"tool_calls\":[{\"n\":1.0,\"m\":12345678901234567890}],"
                        + "\"x\":\"\\u0000\\udc00\"}");
        assertThat(conversation.messages().getLast().role()).isEqualTo("ü");
    }

    @Test
    void givesAMessageWithoutIdOneThatFollowsFromItsPlace() {
        SourceConversation conversation = Samples.parse(
                "{\"id\":\"a\",\"messages\":[{\"role\":\"user\"},{\"id\":\"mine\",\"role\":\"user\"},{\"id\":null,\"role\":\"user\"}]}");

        assertThat(conversation.messages()).extracting(NewMessage::id).containsExactly("a:1", "mine", "a:3");
    }

    @Test
    void givesMessagesOfALongIdShortOnes() {
        String id = "x".repeat(255);

        assertThat(Samples.parse(Samples.line(id, 1)).messages())
                .extracting(NewMessage::id)
                .containsExactly("import:1");
    }

    @Test
    void givesAConversationWithoutIdOneThatFollowsFromWhatItHolds() {
        String one = "{\"messages\":[{\"role\":\"user\",\"content\":\"one\"}]}";
        String spaced = "{ \"messages\" : [ {\"role\":\"user\", \"content\":\"one\"} ], \"id\":null }";
        String other = "{\"messages\":[{\"role\":\"user\",\"content\":\"other\"}]}";

        String id = Samples.parse(one).head().id();
        assertThat(id).startsWith("import-");
        assertThat(Samples.parse(spaced).head().id()).isEqualTo(id);
        assertThat(Samples.parse(other).head().id()).isNotEqualTo(id);
    }

    @Test
    void passesOverAByteOrderMark() {
        byte[] line = ("\uFEFF" + Samples.line("a", 1)).getBytes(StandardCharsets.UTF_8);

        assertThat(ConversationLine.parse(line).head().id()).isEqualTo("a");
        assertThat(ConversationLine.parse(line).messages()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    nonsense                                                | not valid JSON
                    [1]                                                     | not a JSON object
                    {"messages":[]} 1                                       | behind the JSON object
                    {"messages":[{"role":"user"}                            | not valid JSON
                    {"id":"a"}                                              | there are no "messages"
                    {"id":7,"messages":[]}                                  | id must be a string
                    {"id":"..","messages":[]}                               | id must not be
                    {"title":[],"messages":[]}                              | title must be a string
                    {"metadata":3,"messages":[]}                            | metadata must be a JSON object
                    {"messages":{}}                                         | messages must be a list
                    {"messages":["hi"]}                                     | messages[0] must be a JSON object
                    {"messages":[{"role":"user"},{"content":"x"}]}          | messages[1] needs a role
                    {"messages":[{"role":"user","role":"user"}]}            | twice
                    {"messages":[{"role":"user","created_at":"yesterday"}]} | messages[0].created_at
                    {"a":1,"metadata":{"a":2},"messages":[]}                | twice
                    """)
    void saysInOneLineWhyALineIsRefused(String line, String reason) {
        assertThatThrownBy(() -> Samples.parse(line))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(reason)
                .extracting(Throwable::getMessage)
                .asString()
                .doesNotContain("\n");
    }

    @Test
    void refusesWhatIsNotUtf8() {
        byte[] line = Samples.line("a", 1).getBytes(StandardCharsets.UTF_8);
        line[8] = (byte) 0xFF;

        assertThatThrownBy(() -> ConversationLine.parse(line)).hasMessage("not valid UTF-8");
    }
}
