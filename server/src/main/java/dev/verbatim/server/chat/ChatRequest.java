package dev.verbatim.server.chat;

import dev.verbatim.NewMessage;
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
 */
record ChatRequest(
        @Nullable String conversationId,
        boolean create,
        List<NewMessage> messages,
        @Nullable String model,
        boolean stream) {
    ChatRequest {
        messages = List.copyOf(messages);
    }
}
