package dev.verbatim.server.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.AppendOptions;
import dev.verbatim.HistoryStore;
import dev.verbatim.InMemoryHistoryStore;
import dev.verbatim.NewMessage;
import dev.verbatim.Owner;
import dev.verbatim.server.json.JsonText;
import dev.verbatim.server.json.RawValue;
import dev.verbatim.server.window.Texts;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class BuiltInAnswererTest {
    private static final Owner ANN = Owner.named("ann");

    private final HistoryStore store = new InMemoryHistoryStore();
    private final ChatService chat = ChatService.of(store, null, 20);

    @Test
    void citesWhatFitsAndSaysThatNoModelIsSet() {
        say(ANN, "trip", "user", "We booked the hotel in Lisbon for May");
        say(ANN, "food", "user", "The best soup is tomato soup");
        ChatReply reply = ask("now", "Which hotel in Lisbon did we book?");
        assertThat(text(reply))
                .startsWith("No model is set")
                .contains(
                        "From your history (conversation trip, message 1), user: “We booked the hotel in Lisbon for May”")
                .doesNotContain("soup");
        assertThat(reply.message().json()).contains("\"model\":\"built-in\"").doesNotContain("tokens_used");
        assertThat(reply.json()).contains("\"usage\":null");
    }

    @Test
    void findsTheBundledDialoguesByTheReadmesQuestion() throws Exception {
        try (InputStream file = Objects.requireNonNull(
                        getClass().getResourceAsStream("/demo/dialogues-200.jsonl"), "dialogues");
                BufferedReader lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Map<String, RawValue> members =
                        RawValue.parse(line.getBytes(StandardCharsets.UTF_8)).members();
                List<NewMessage> messages =
                        Objects.requireNonNull(members.get("messages"), "messages").elements().stream()
                                .map(message -> NewMessage.fromJson(message.json()))
                                .toList();
                String id = Objects.requireNonNull(
                        Objects.requireNonNull(members.get("id"), "id").string(), "id");
                store.append(ANN, id, messages, AppendOptions.CREATE);
            }
        }
        assertThat(text(ask("first-chat", "Which restaurants did I ask about?")))
                .contains("From your history")
                .containsIgnoringCase("restaurant");
    }

    @Test
    void aPluralFindsItsSingularAndTheOtherWayRound() {
        say(ANN, "food", "user", "The restaurant by the river, two boats");
        assertThat(text(ask("one", "restaurants?"))).contains("by the river");
        assertThat(text(ask("two", "boat?"))).contains("by the river");
        assertThat(text(ask("three", "rest?"))).endsWith("Nothing in your history fits this.");
    }

    @Test
    void saysThatNothingFits() {
        say(ANN, "food", "user", "The best soup is tomato soup");
        assertThat(text(ask("now", "Which hotel in Lisbon?"))).endsWith("Nothing in your history fits this.");
        assertThat(text(ask("now", "?"))).endsWith("Nothing in your history fits this.");
    }

    @Test
    void anotherOwnersHistoryIsNotLookedAt() {
        say(Owner.named("bob"), "secret", "user", "The Lisbon hotel safe code is 1234");
        assertThat(text(ask("now", "What is the Lisbon hotel safe code?"))).doesNotContain("1234");
    }

    @Test
    void itsOwnAnswersAndTheQuestionAreNotCited() {
        say(ANN, "trip", "user", "We booked the hotel in Lisbon");
        String first = text(ask("now", "Which Lisbon hotel?"));
        ask("now", "Which Lisbon hotel?");
        String again = text(ask("other", "Lisbon hotel"));
        assertThat(first.split("From your history", -1)).hasSize(2);
        assertThat(again).doesNotContain("“No model");
    }

    @Test
    void theBestFitComesFirstAndAtMostThreeAreCited() {
        for (int i = 0; i < 6; i++) {
            say(ANN, "c" + i, "assistant", "hotel lisbon");
        }
        say(ANN, "best", "user", "hotel lisbon breakfast");
        String answer = text(ask("now", "hotel lisbon breakfast"));
        assertThat(answer.split("From your history", -1)).hasSize(4);
        assertThat(answer)
                .contains(
                        "set (OPENAI_BASE_URL, OPENAI_MODEL), so I only look things up. From your history (conversation best,");
    }

    @Test
    void partsCountAsText() {
        store.append(
                ANN,
                "parts",
                List.of(NewMessage.fromJson("{\"role\":\"user\",\"content\":[{\"type\":\"image_url\"},"
                        + "{\"type\":\"text\",\"text\":\"Lisbon hotel\\nphoto\"}]}")),
                AppendOptions.CREATE);
        assertThat(text(ask("now", "LISBON hotel"))).contains("“Lisbon hotel photo”");
    }

    @Test
    void streamsWordByWord() {
        say(ANN, "trip", "user", "We booked the hotel in Lisbon");
        List<String> told = new ArrayList<>();
        ChatReply reply = chat.stream(ANN, request("now", "Lisbon hotel"), new ChatEvents() {
            @Override
            public void begin(String conversationId, String messageId) {
                told.clear();
            }

            @Override
            public void delta(Delta delta) {
                told.add(delta.text());
            }
        });
        assertThat(told).startsWith("No ", "model ").hasSizeGreaterThan(10);
        assertThat(String.join("", told)).isEqualTo(text(reply));
    }

    private void say(Owner owner, String conversationId, String role, String text) {
        store.append(owner, conversationId, List.of(NewMessage.of(role, text)), AppendOptions.CREATE);
    }

    private ChatReply ask(String conversationId, String question) {
        return chat.answer(ANN, request(conversationId, question));
    }

    private static ChatRequest request(String conversationId, String question) {
        String body = "{\"conversation_id\":\"" + conversationId + "\",\"messages\":[{\"role\":\"user\",\"content\":"
                + JsonText.quote(question) + "}]}";
        return ChatRequestParser.parse(body.getBytes(StandardCharsets.UTF_8), true);
    }

    private static String text(ChatReply reply) {
        return Texts.of(RawValue.parse(reply.message().bytes()).members().get("content"));
    }
}
