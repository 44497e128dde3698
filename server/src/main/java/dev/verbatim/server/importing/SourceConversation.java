package dev.verbatim.server.importing;

import dev.verbatim.NewConversation;
import dev.verbatim.NewMessage;
import java.util.List;

/**
 * A conversation as a file holds it.
 *
 * @param head its id, which is always set, title and metadata
 * @param messages its messages in order, each with an id unless {@code again} says otherwise
 * @param again how it is brought when some of it is stored already
 * @param untitled whether its title was taken away: it gets none, not even one made of its messages
 */
public record SourceConversation(NewConversation head, List<NewMessage> messages, Again again, boolean untitled) {
    /** How the store is asked what it has already. */
    public enum Again {
        /** All messages are sent; the store knows by their ids which are new. */
        BY_ID,

        /**
         * The messages are the newest of a history whose beginning may be gone, and may have no ids: what they hold is
         * compared with what is stored.
         */
        BY_CONTENT,

        /** The messages are one way through a tree; when another way is stored, this one becomes a fork of it. */
        BY_THREAD
    }

    public SourceConversation {
        messages = List.copyOf(messages);
    }

    /** One whose title, when it has none, is made of its messages as that of any conversation. */
    public SourceConversation(NewConversation head, List<NewMessage> messages, Again again) {
        this(head, messages, again, false);
    }

    /** One whose messages have ids that the store can go by. */
    public SourceConversation(NewConversation head, List<NewMessage> messages) {
        this(head, messages, Again.BY_ID);
    }

    /** The same, whose title was taken away. */
    SourceConversation withoutTitle() {
        return new SourceConversation(head, messages, again, true);
    }
}
