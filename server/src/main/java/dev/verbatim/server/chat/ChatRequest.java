package dev.verbatim.server.chat;

import dev.verbatim.Claim;
import dev.verbatim.NewMessage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody says to the model.
 *
 * @param conversationId where, or null for a new conversation
 * @param create whether to make the conversation when there is none
 * @param messages the new messages, 1 to 1,000
 * @param model the model to ask, or null for the one that is set
 * @param stream whether the answer is wanted in pieces
 * @param claim which try this is, when it may be sent again; else null
 */
record ChatRequest(
        @Nullable String conversationId,
        boolean create,
        List<NewMessage> messages,
        @Nullable String model,
        boolean stream,
        @Nullable Claim claim) {
    ChatRequest {
        messages = List.copyOf(messages);
    }

    /** This, with ids for what has none, the same at each try: so it is said once, however often it is sent. */
    ChatRequest identified(Claim attempt) {
        List<NewMessage> identified = new ArrayList<>(messages.size());
        for (NewMessage message : messages) {
            identified.add(message.id() == null ? message.withId(attempt.madeId(identified.size())) : message);
        }
        String id = conversationId == null ? attempt.madeId(messages.size()) : conversationId;
        return new ChatRequest(id, create || conversationId == null, identified, model, stream, attempt);
    }
}
