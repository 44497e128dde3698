package dev.verbatim.server.importing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PlainProgressTest {
    @Test
    void writesPlainLinesNoMoreThanOneASecond() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        AtomicLong clock = new AtomicLong();
        try (PlainProgress progress =
                new PlainProgress(new PrintStream(out, true, StandardCharsets.UTF_8), 1_000, clock::get)) {
            for (int i = 0; i < 100; i++) {
                clock.addAndGet(Duration.ofMillis(25).toNanos());
                progress.advance(10, 3);
            }
            progress.note("line 7: not valid JSON");
        }

        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "import: 40 % of the file, 120 messages",
                        "import: 80 % of the file, 240 messages", "line 7: not valid JSON");
    }
}
