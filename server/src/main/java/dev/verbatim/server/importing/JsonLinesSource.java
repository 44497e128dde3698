package dev.verbatim.server.importing;

import dev.verbatim.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * JSON lines: one conversation a line, as {@link ConversationLine} reads it, empty lines passed over; or the same
 * conversations as a JSON list.
 */
public final class JsonLinesSource implements ConversationSource {
    /** The longest line, in bytes. */
    static final int LONGEST_LINE = 64 << 20;

    private final Cuts cuts;
    private boolean ended;

    private JsonLinesSource(Cuts cuts) {
        this.cuts = cuts;
    }

    /**
     * Reads {@code file} from its beginning.
     *
     * @throws IOException when it cannot be opened
     */
    public static JsonLinesSource open(Path file) throws IOException {
        return of(Files.newInputStream(file), Longest.entry());
    }

    /** As {@link #open}, of a file that is a JSON list. */
    static JsonLinesSource openList(Path file) throws IOException {
        return new JsonLinesSource(new Pieces(Files.newInputStream(file), Longest.entry()));
    }

    /** As {@link #open}, of a file that is one JSON object. */
    static JsonLinesSource openOne(Path file) throws IOException {
        return new JsonLinesSource(new WholeFile(Files.newInputStream(file), Longest.entry()));
    }

    /** Reads what comes out of {@code in}, and closes it in the end. */
    static JsonLinesSource of(InputStream in, int longestLine) {
        return new JsonLinesSource(new TextLines(in, longestLine));
    }

    @Override
    public @Nullable Entry next() throws IOException {
        if (cuts.next()) {
            return entry(cuts.at(), cuts.bytes(), cuts.text());
        }
        if (cuts.fault() != null && !ended) {
            ended = true;
            return new Entry.Bad("behind " + cuts.at(), 0, cuts.fault());
        }
        return null;
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
        cuts.close();
    }
}
