package dev.verbatim.server.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verbatim.AppendOptions;
import dev.verbatim.Appended;
import dev.verbatim.HistoryStore;
import dev.verbatim.InMemoryHistoryStore;
import dev.verbatim.InvalidInputException;
import dev.verbatim.ListQuery;
import dev.verbatim.NewMessage;
import dev.verbatim.Owner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which messages a model is sent. */
class PromptTest {
    private static final Owner ANN = Owner.named("ann");

    private final HistoryStore store = new InMemoryHistoryStore();

    @Test
    void theNewestMessagesGo() {
        assertThat(prompt(2, user("1"), user("2"), user("3"))).containsExactly(user("2"), user("3"));
    }

    @Test
    void whatOnlyVerbatimKnowsIsLeftOut() {
        String mine =
                "{\"id\":\"m\",\"created_at\":\"2026-01-01T00:00:00Z\",\"role\":\"user\",\"name\":\"ann\",\"tokens_used\":1,"
                        + "\"latency_ms\":2,\"model\":\"m\",\"metadata\":{},\"status\":\"x\",\"content\":[{\"type\":\"text\",\"text\":\"1\"}],"
                        + "\"y\":1.0}";
        assertThat(prompt(9, mine))
                .containsExactly(
                        "{\"role\":\"user\",\"name\":\"ann\",\"content\":[{\"type\":\"text\",\"text\":\"1\"}],\"y\":1.0}");
    }

    @Test
    void theInstructionsAtTheBeginningStay() {
        String system = said("system", "be kind");
        String developer = said("developer", "be brief");
        assertThat(prompt(2, system, developer, user("1"), said("system", "later"), user("2"), user("3")))
                .containsExactly(system, developer, user("2"), user("3"));
    }

    @Test
    void manyInstructionsAtTheBeginningStay() {
        String[] instructions =
                IntStream.range(0, 6).mapToObj(i -> said("system", "rule " + i)).toArray(String[]::new);
        String[] history = Arrays.copyOf(instructions, 13);
        Arrays.setAll(history, i -> i < 6 ? instructions[i] : user("" + i));
        String[] window = Arrays.copyOf(instructions, 12);
        System.arraycopy(history, 7, window, 6, 6);
        assertThat(prompt(6, history)).containsExactly(window);
    }

    @Test
    void instructionsWithinTheWindowGoOnce() {
        String system = said("system", "be kind");
        assertThat(prompt(2, system, user("1"))).containsExactly(system, user("1"));
        assertThat(prompt(1, system, user("1"))).containsExactly(system, user("1"));
        assertThat(prompt(2, system, said("system", "and brief"), user("1")))
                .containsExactly(system, said("system", "and brief"), user("1"));
    }

    @Test
    void aResultWhoseCallIsCutOffIsLeftOut() {
        assertThat(prompt(3, calls("a", "b"), result("a"), result("b"), user("1")))
                .containsExactly(user("1"));
    }

    @Test
    void pairsStayWhole() {
        assertThat(prompt(9, user("1"), calls("a", "b"), result("b"), result("a"), user("2")))
                .containsExactly(user("1"), calls("a", "b"), result("b"), result("a"), user("2"));
    }

    @Test
    void aCallWithoutResultGetsOneThatSaysSo() {
        String none = "{\"role\":\"tool\",\"tool_call_id\":\"b\",\"content\":\"[no result]\"}";
        assertThat(prompt(9, calls("a", "b"), result("a"), user("1")))
                .containsExactly(calls("a", "b"), result("a"), none, user("1"));
        assertThat(prompt(9, user("1"), calls("b"))).containsExactly(user("1"), calls("b"), none);
        assertThat(prompt(9, calls("b"), calls("b"), result("b")))
                .containsExactly(calls("b"), none, calls("b"), result("b"));
    }

    @Test
    void aResultOfNoCallIsLeftOut() {
        assertThat(prompt(9, calls("a"), result("a"), result("x"), user("1"), result("a"), user("2")))
                .containsExactly(calls("a"), result("a"), user("1"), user("2"));
    }

    @Test
    void aResultWithoutIdBelongsToTheCallsBeforeIt() {
        String plain = said("tool", "7");
        assertThat(prompt(9, plain, calls("a"), plain)).startsWith(calls("a"), plain);
    }

    @Test
    void whenOnlyResultsFitTheirCallComesToo() {
        assertThat(prompt(2, user("1"), calls("a", "b", "c"), result("a"), result("b"), result("c")))
                .containsExactly(calls("a", "b", "c"), result("a"), result("b"), result("c"));
    }

    @Test
    void resultsOfNothingAreRefused() {
        assertThatThrownBy(() -> prompt(2, result("a")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("a tool result needs the message with its call before it");
    }

    @Test
    void ofAnAnswerThatBrokeOffOnlyTheTextGoes() {
        String broken =
                "{\"role\":\"assistant\",\"content\":\"half\",\"status\":\"incomplete\",\"tool_calls\":[{\"id\":\"a\"}]}";
        String empty =
                "{\"role\":\"assistant\",\"content\":null,\"status\":\"incomplete\",\"tool_calls\":[{\"id\":\"a\"}]}";
        assertThat(prompt(9, user("1"), broken, empty, result("a"), user("2")))
                .containsExactly(user("1"), said("assistant", "half"), user("2"));
    }

    private List<String> prompt(int windowMessages, String... messages) {
        String id = "c" + store.list(ANN, ListQuery.newest(100)).data().size();
        List<NewMessage> parsed = new ArrayList<>(
                Arrays.stream(messages).map(NewMessage::fromJson).toList());
        Appended appended = store.append(ANN, id, parsed, AppendOptions.CREATE);
        Turn turn = new Turn(ANN, id, false, appended.messages().getLast(), false, appended.gen(), appended.lastSeq());
        return new PromptReader(store, windowMessages).read(turn).messages();
    }

    private static String said(String role, String text) {
        return "{\"role\":\"" + role + "\",\"content\":\"" + text + "\"}";
    }

    private static String user(String text) {
        return said("user", text);
    }

    private static String calls(String... ids) {
        List<String> calls = Arrays.stream(ids)
                .map(id -> "{\"id\":\"" + id
                        + "\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}")
                .toList();
        return "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[" + String.join(",", calls) + "]}";
    }

    private static String result(String id) {
        return "{\"role\":\"tool\",\"tool_call_id\":\"" + id + "\",\"content\":\"7\"}";
    }
}
