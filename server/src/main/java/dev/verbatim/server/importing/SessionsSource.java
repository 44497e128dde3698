package dev.verbatim.server.importing;

import dev.verbatim.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** What a server held in memory, as JSON: {@code {"<session id>":[<message>,…],…}}. */
final class SessionsSource implements ConversationSource {
    private final Pieces pieces;
    private boolean ended;

    /** Reads what comes out of {@code in}, and closes it in the end. */
    SessionsSource(InputStream in) {
        this.pieces = new Pieces(in, Longest.entry());
    }

    @Override
    public @Nullable Entry next() throws IOException {
        if (pieces.next()) {
            return entry("session " + pieces.number(), pieces.bytes(), pieces.name(), pieces.text());
        }
        if (pieces.fault() != null && !ended) {
            ended = true;
            return new Entry.Bad("behind session " + pieces.number(), 0, pieces.fault());
        }
        return null;
    }

    private static Entry entry(String at, long bytes, byte[] id, byte @Nullable [] messages) {
        if (messages == null) {
            return new Entry.Bad(at, bytes, Longest.saying());
        }
        try {
            return new Entry.Found(at, bytes, SessionEntry.read(id, messages));
        } catch (InvalidInputException e) {
            return new Entry.Bad(at, bytes, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() throws IOException {
        pieces.close();
    }
}
