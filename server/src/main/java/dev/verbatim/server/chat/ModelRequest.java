package dev.verbatim.server.chat;

import dev.verbatim.Owner;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a model.
 *
 * @param owner whose conversation it is; never sent anywhere
 * @param conversationId the conversation; never sent anywhere
 * @param lastSeq the number of the message that is to be answered
 * @param messages what was said, oldest first, each a JSON object that an OpenAI-compatible server accepts
 * @param model the model to use, or null for the one that is set
 */
record ModelRequest(
        Owner owner,
        String conversationId,
        long lastSeq,
        List<String> messages,
        @Nullable String model) {
    ModelRequest {
        messages = List.copyOf(messages);
    }
}
