package dev.verbatim.server.importing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonLinesSourceTest {
    private static List<Entry> all(JsonLinesSource source) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (Entry entry = source.next(); entry != null; entry = source.next()) {
            entries.add(entry);
        }
        return entries;
    }

    @Test
    void namesEachEntryByItsLineAndGoesOnAfterBadOnes() throws IOException {
        List<Entry> entries = all(Samples.source(Samples.line("a", 1), "", "oops", " \t\r", Samples.line("b", 2)));

        assertThat(entries).extracting(Entry::at).containsExactly("line 1", "line 3", "line 5");
        assertThat(entries.get(1)).isInstanceOf(Entry.Bad.class);
        assertThat(entries.get(2)).isInstanceOf(Entry.Found.class);
    }

    @Test
    void readsTheSameWithAndWithoutTheLastLineEndAndWithWindowsLineEnds() throws IOException {
        String one = Samples.line("a", 1);
        String two = Samples.line("b", 1);

        for (String file : List.of(one + "\n" + two, one + "\n" + two + "\n", one + "\r\n" + two + "\r\n")) {
            assertThat(all(Samples.source(file.getBytes(StandardCharsets.UTF_8))))
                    .hasSize(2)
                    .allMatch(Entry.Found.class::isInstance);
        }
    }

    @Test
    void countsEveryByteOfTheFileOnceWhenNoLineIsEmpty() throws IOException {
        byte[] file = (Samples.line("a", 3000) + "\noops\n" + Samples.line("b", 1)).getBytes(StandardCharsets.UTF_8);

        assertThat(all(Samples.source(file)).stream().mapToLong(Entry::bytes).sum())
                .isEqualTo(file.length);
    }

    @Test
    void passesOverALineThatIsTooLongAndReadsTheNext() throws IOException {
        String file = Samples.line("long", 5000) + "\n" + Samples.line("b", 1) + "\n";
        JsonLinesSource source =
                JsonLinesSource.of(new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)), 100_000);

        List<Entry> entries = all(source);

        assertThat(entries.getFirst())
                .isInstanceOfSatisfying(
                        Entry.Bad.class, bad -> assertThat(bad.reason()).startsWith("longer than"));
        assertThat(entries.getLast()).isInstanceOf(Entry.Found.class);
    }
}
