package dev.verbatim.server.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.AppendOptions;
import dev.verbatim.HistoryStore;
import dev.verbatim.InMemoryHistoryStore;
import dev.verbatim.NewMessage;
import dev.verbatim.Owner;
import dev.verbatim.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ModelWindowTest {
    private static final Owner ANN = Owner.named("ann");
    private static final String SYSTEM = said("system", "be kind");

    private final HistoryStore store = new InMemoryHistoryStore();
    private final WindowReader reader = new WindowReader(store);

    @Test
    void everyWindowOfAnyHistoryIsAccepted() {
        for (int seed = 0; seed < 12; seed++) {
            List<String> history = history(new SplittableRandom(seed));
            store.append(ANN, "c" + seed, parsed(history), AppendOptions.CREATE);
            for (int limit = 1; limit <= history.size(); limit++) {
                for (long tokens = 1; tokens < 400; tokens += 7) {
                    ModelWindow window = reader.read(ANN, "c" + seed, Slice.newest(limit), tokens);
                    assertThat(ChatFormat.fault(window.messages()))
                            .as("seed %d, limit %d, tokens %d", seed, limit, tokens)
                            .isEmpty();
                }
            }
        }
    }

    /** Calls in parallel, results in any order, missing, doubled and of nothing. */
    private static List<String> history(SplittableRandom random) {
        List<String> history = new ArrayList<>();
        int call = 0;
        while (history.size() < 14) {
            switch (random.nextInt(5)) {
                case 0 -> history.add(said("user", "Is it far?"));
                case 1 -> history.add(said("assistant", "It is not far, and the way there is pleasant."));
                case 2 -> history.add(result("c" + random.nextInt(Math.max(1, call))));
                case 3 -> history.add(said(random.nextBoolean() ? "system" : "developer", "Be brief."));
                default -> {
                    int first = call;
                    call += random.nextInt(1, 4);
                    history.add(calls(first, call));
                    for (int i = call - 1; i >= first; i--) {
                        if (random.nextInt(5) > 0) {
                            history.add(result("c" + i));
                        }
                    }
                }
            }
        }
        return history;
    }

    @Test
    void theNewestThatFitAreThereAndSayIfThereAreMore() {
        store.append(
                ANN,
                "c",
                parsed(List.of(said("user", "1"), said("user", "2"), said("user", "3"))),
                AppendOptions.CREATE);
        long one = Tokens.of(said("user", "1"));
        ModelWindow two = reader.read(ANN, "c", Slice.newest(20), 2 * one);
        assertThat(contents(two)).containsExactly("2", "3");
        assertThat(two.hasMore()).isTrue();
        ModelWindow all = reader.read(ANN, "c", Slice.newest(20), 3 * one);
        assertThat(contents(all)).containsExactly("1", "2", "3");
        assertThat(all.hasMore()).isFalse();
        assertThat(contents(reader.read(ANN, "c", Slice.newest(20), 2 * one - 1)))
                .containsExactly("3");
    }

    @Test
    void theInstructionsStayWhateverFits() {
        List<String> history = new ArrayList<>(List.of(SYSTEM));
        IntStream.range(0, 30).forEach(i -> history.add(said("user", "Message " + i)));
        store.append(ANN, "c", parsed(history), AppendOptions.CREATE);
        ModelWindow window =
                reader.read(ANN, "c", Slice.newest(3), Tokens.of(SYSTEM) + Tokens.of(said("user", "Message 29")));
        assertThat(contents(window)).containsExactly("be kind", "Message 29");
        assertThat(contents(reader.read(ANN, "c", Slice.newest(3), 1))).containsExactly("be kind");
        assertThat(contents(reader.read(ANN, "c", Slice.newest(100), 10_000)))
                .startsWith("be kind", "Message 0")
                .hasSize(31);
    }

    @Test
    void aMissingResultIsMadeUpAndMarkedAndNotStored() {
        store.append(ANN, "c", parsed(List.of(calls(0, 2), result("c1"))), AppendOptions.CREATE);
        assertThat(reader.read(ANN, "c", Slice.newest(20), 1_000).messages().getLast())
                .isEqualTo(
                        "{\"role\":\"tool\",\"tool_call_id\":\"c0\",\"content\":\"[no result]\",\"synthetic\":true}");
        assertThat(store.read(ANN, "c", Slice.newest(20)).messages()).hasSize(2);
    }

    @Test
    void aResultBehindTheSliceIsNotMissing() {
        List<String> history = List.of(
                said("user", "1"), calls(0, 2), result("c1"), result("c0"), said("assistant", "2"), said("user", "3"));
        store.append(ANN, "c", parsed(history), AppendOptions.CREATE);
        for (int limit = 2; limit <= 4; limit++) {
            ModelWindow window = reader.read(ANN, "c", Slice.after(0, limit), 1_000);
            assertThat(contents(window)).hasSize(4).endsWith("42", "42");
            assertThat(window.hasMore()).isTrue();
        }
        assertThat(contents(reader.read(ANN, "c", Slice.before(3, 2), 1_000)))
                .hasSize(4)
                .endsWith("42", "42");
    }

    @Test
    void tokensAreThoseOfTheField() {
        // Three for the message, one for the role, and what tiktoken's o200k_base makes of the text.
        assertThat(Tokens.of(said("user", "hello world"))).isEqualTo(3 + 1 + 2);
        assertThat(Tokens.of(said("user", "<|endoftext|>"))).isGreaterThan(3 + 1 + 1);
        assertThat(Tokens.of(
                        "{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"x\"}}]}"))
                .isEqualTo(3 + 1 + 765);
    }

    private static List<String> contents(ModelWindow window) {
        return window.messages().stream()
                .map(json -> json.replaceFirst(".*\"content\":\"([^\"]*)\".*", "$1"))
                .toList();
    }

    private static List<NewMessage> parsed(List<String> messages) {
        return messages.stream().map(NewMessage::fromJson).toList();
    }

    private static String said(String role, String content) {
        return "{\"role\":\"" + role + "\",\"content\":\"" + content + "\"}";
    }

    private static String calls(int from, int to) {
        List<String> calls = IntStream.range(from, to)
                .mapToObj(i -> "{\"id\":\"c" + i
                        + "\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}")
                .toList();
        return "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[" + String.join(",", calls) + "]}";
    }

    private static String result(String id) {
        return "{\"role\":\"tool\",\"tool_call_id\":\"" + id + "\",\"content\":\"42\"}";
    }
}
