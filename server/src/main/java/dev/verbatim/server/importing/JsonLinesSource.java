package dev.verbatim.server.importing;

import dev.verbatim.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** JSON lines: one conversation a line, as {@link ConversationLine} reads it. Empty lines are passed over. */
public final class JsonLinesSource implements ConversationSource {
    /** The longest line, in bytes. */
    static final int LONGEST_LINE = 64 << 20;

    private final TextLines lines;

    private JsonLinesSource(InputStream in, int longestLine) {
        this.lines = new TextLines(in, longestLine);
    }

    /**
     * Reads {@code file} from its beginning.
     *
     * @throws IOException when it cannot be opened
     */
    public static JsonLinesSource open(Path file) throws IOException {
        return new JsonLinesSource(Files.newInputStream(file), Longest.entry());
    }

    /** Reads what comes out of {@code in}, and closes it in the end. */
    static JsonLinesSource of(InputStream in, int longestLine) {
        return new JsonLinesSource(in, longestLine);
    }

    @Override
    public @Nullable Entry next() throws IOException {
        return lines.next() ? entry(lines.at(), lines.bytes(), lines.text()) : null;
    }

    private static Entry entry(String at, long bytes, byte @Nullable [] text) {
        if (text == null) {
            return new Entry.Bad(at, bytes, Longest.saying());
        }
        try {
            return new Entry.Found(at, bytes, ConversationLine.parse(text));
        } catch (InvalidInputException e) {
            return new Entry.Bad(at, bytes, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
