package dev.verbatim.server.exporting;

import dev.verbatim.Conversation;
import dev.verbatim.HistoryStore;
import dev.verbatim.Owner;
import dev.verbatim.UnavailableException;
import dev.verbatim.Window;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes one conversation as it was when its first part was read: later parts are of the same generation, so that all are
 * one run, and what is appended meanwhile is left out. Holds one part at a time, and nothing in PostgreSQL between parts.
 */
final class Exporter {
    private final HistoryStore store;
    private final Owner owner;
    private final Conversation conversation;
    private final Window first;

    /**
     * Reads the first part.
     *
     * @throws dev.verbatim.ConversationNotFoundException when there is no such conversation any more
     */
    Exporter(HistoryStore store, Owner owner, Conversation conversation) {
        this.store = store;
        this.owner = owner;
        this.conversation = conversation;
        this.first = store.part(owner, conversation.id(), 0);
    }

    /**
     * Writes all of it.
     *
     * @throws UnavailableException when the history was changed meanwhile otherwise than by appends
     */
    void write(Format format, OutputStream out) throws IOException {
        format.begin(conversation, out);
        format.part(conversation, first.messages(), true, out);
        long at = end(first);
        while (at < first.lastSeq()) {
            Window next = next(at);
            long end = first.lastSeq();
            format.part(
                    conversation,
                    next.messages().stream().takeWhile(m -> m.seq() <= end).toList(),
                    false,
                    out);
            at = end(next);
        }
        format.end(out);
    }

    private Window next(long at) {
        Window next = store.part(owner, conversation.id(), at);
        if (next.gen() != first.gen() || next.messages().isEmpty()) {
            throw new UnavailableException(
                    "conversation \"" + conversation.id() + "\" was changed while it was exported; export it again",
                    null);
        }
        return next;
    }

    private static long end(Window part) {
        return part.messages().isEmpty() ? 0 : part.messages().getLast().seq();
    }
}
