package dev.verbatim.server.importing;

import dev.verbatim.InvalidInputException;
import java.io.IOException;
import java.util.Collections;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What another product exported: each piece of a file is a conversation with all its branches. */
final class TreeSource implements ConversationSource {
    /** Reads what one product calls a conversation. */
    interface Reader {
        /**
         * The visible thread, then each other branch, made one at a time.
         *
         * @throws InvalidInputException when {@code entry} is not the product's, with the reason in one line
         */
        Iterator<SourceConversation> read(ObjectNode entry);
    }

    private final Cuts cuts;
    private final Reader reader;
    private final String where;
    private Iterator<SourceConversation> pending = Collections.emptyIterator();
    private boolean ended;

    /**
     * Reads the pieces of {@code cuts}, and closes it in the end.
     *
     * @param where what stands before a piece's place, when that alone does not tell it
     */
    TreeSource(Cuts cuts, Reader reader, String where) {
        this.cuts = cuts;
        this.reader = reader;
        this.where = where;
    }

    @Override
    public @Nullable Entry next() throws IOException {
        if (pending.hasNext()) {
            return taken(0);
        }
        if (cuts.next()) {
            return taken(cuts.bytes());
        }
        if (cuts.fault() != null && !ended) {
            ended = true;
            return new Entry.Bad(where + "behind " + cuts.at(), 0, cuts.fault());
        }
        return null;
    }

    /** The next branch of the piece; with {@code bytes}, of one that is only now read. */
    private Entry taken(long bytes) {
        String at = where + cuts.at();
        try {
            if (bytes > 0) {
                pending = reader.read(object(cuts.text()));
            }
            return new Entry.Found(at, bytes, pending.next());
        } catch (InvalidInputException e) {
            return new Entry.Bad(at, bytes, String.valueOf(e.getMessage()));
        }
    }

    private static ObjectNode object(byte @Nullable [] text) {
        if (text == null) {
            throw new InvalidInputException("entry", Longest.saying());
        }
        if (Trees.read(text) instanceof ObjectNode object) {
            return object;
        }
        throw new InvalidInputException("entry", "not a JSON object");
    }

    @Override
    public void close() throws IOException {
        cuts.close();
    }
}
