package dev.verbatim.server.importing;

import dev.verbatim.NewConversation;
import dev.verbatim.NewMessage;
import java.util.List;

/**
 * A conversation as a file holds it.
 *
 * @param head its id, which is always set, title and metadata
 * @param messages all its messages in order, each with an id
 */
public record SourceConversation(NewConversation head, List<NewMessage> messages) {
    public SourceConversation {
        messages = List.copyOf(messages);
    }
}
