package dev.verbatim.server.chat;

import dev.verbatim.Window;
import java.util.List;

/**
 * What of a conversation goes to the model.
 *
 * @param messages JSON objects, oldest first
 * @param source where the newest of them were read
 */
record Prompt(List<String> messages, Window.Source source) {
    Prompt {
        messages = List.copyOf(messages);
    }
}
