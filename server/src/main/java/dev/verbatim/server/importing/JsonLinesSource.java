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

    private final InputStream in;
    private final Lines lines;

    private JsonLinesSource(InputStream in, int longestLine) {
        this.in = in;
        this.lines = new Lines(in, longestLine);
    }

    /**
     * Reads {@code file} from its beginning.
     *
     * @throws IOException when it cannot be opened
     */
    public static JsonLinesSource open(Path file) throws IOException {
        return new JsonLinesSource(Files.newInputStream(file), LONGEST_LINE);
    }

    /** Reads what comes out of {@code in}, and closes it in the end. */
    static JsonLinesSource of(InputStream in, int longestLine) {
        return new JsonLinesSource(in, longestLine);
    }

    @Override
    public @Nullable Entry next() throws IOException {
        while (lines.next()) {
            if (!isBlank(lines.text())) {
                return entry("line " + lines.number(), lines.bytes(), lines.text());
            }
        }
        return null;
    }

    private static Entry entry(String at, long bytes, byte @Nullable [] text) {
        if (text == null) {
            return new Entry.Bad(at, bytes, "longer than " + (LONGEST_LINE >> 20) + " MiB");
        }
        try {
            return new Entry.Found(at, bytes, ConversationLine.parse(text));
        } catch (InvalidInputException e) {
            return new Entry.Bad(at, bytes, String.valueOf(e.getMessage()));
        }
    }

    private static boolean isBlank(byte @Nullable [] text) {
        if (text == null) {
            return false;
        }
        for (byte b : text) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
