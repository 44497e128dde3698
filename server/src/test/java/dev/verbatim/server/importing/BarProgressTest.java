package dev.verbatim.server.importing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BarProgressTest {
    @Test
    void endsFullAndKeepsNotesOnLinesOfTheirOwn() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (BarProgress progress = new BarProgress(new PrintStream(out, true, StandardCharsets.UTF_8), 2048)) {
            progress.note("line 7: not valid JSON");
            progress.advance(2048, 12);
        }

        String shown = out.toString(StandardCharsets.UTF_8);
        assertThat(shown).contains("\u001b[Kline 7: not valid JSON\n").endsWith("\n");
        assertThat(shown.substring(shown.lastIndexOf('\r'))).contains("100%", "12 messages");
    }
}
