package dev.verbatim.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verbatim.AppendOptions;
import dev.verbatim.InMemoryHistoryStore;
import dev.verbatim.Message;
import dev.verbatim.NewMessage;
import dev.verbatim.Owner;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is recorded of a message before it is sent and of its stored line fit together. */
final class LineTest {
    private static final String SENT =
            "{\"id\":\"x-1\",\"role\":\"user\",\"content\":\"g\u00fcn ayd\u0131n\",\"n\":1.50}";

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Message stored(String json) {
        try (InMemoryHistoryStore store = new InMemoryHistoryStore()) {
            return store.append(Owner.named("u"), "c", List.of(NewMessage.fromJson(json)), AppendOptions.CREATE)
                    .messages()
                    .getFirst();
        }
    }

    @Test
    void aStoredLineHasTheIdAndTheContentThatWereSent() {
        Written written = Written.of(bytes(SENT));
        Line line = Line.of(stored(SENT).bytes());
        assertThat(line.id()).isEqualTo(written.id()).isEqualTo("x-1");
        assertThat(line.seq()).isEqualTo(1);
        assertThat(line.content()).isEqualTo(written.content());
    }

    @Test
    void otherContentAndOtherTimesAreOtherHashes() {
        byte[] line = stored(SENT).bytes();
        byte[] later = line.clone();
        later[new String(line, StandardCharsets.ISO_8859_1).indexOf("created_at") + 20]++;
        assertThat(Line.of(later).hash()).isNotEqualTo(Line.of(line).hash());
        assertThat(Line.of(later).content()).isEqualTo(Line.of(line).content());
        assertThat(Written.of(bytes(SENT.replace("1.50", "1.5"))).content())
                .isNotEqualTo(Written.of(bytes(SENT)).content());
    }

    @Test
    void whatIsNotAMessageIsRefused() {
        for (String wrong :
                List.of("", "{}", "{\"id\":\"x", "{\"role\":\"user\",\"id\":\"x\"}", "{\"id\":\"a b\",\"r\":1}")) {
            assertThatThrownBy(() -> Written.of(bytes(wrong))).isInstanceOf(IllegalArgumentException.class);
        }
        String line = stored(SENT).json();
        for (int length = 0; length < line.indexOf("\"role\""); length++) {
            byte[] cut = bytes(line.substring(0, length));
            assertThatThrownBy(() -> Line.of(cut)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
