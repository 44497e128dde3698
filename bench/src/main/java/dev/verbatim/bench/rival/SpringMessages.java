package dev.verbatim.bench.rival;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.UserMessage;

/** What was said, as Spring AI has it. */
final class SpringMessages {
    private SpringMessages() {}

    static Message message(Said said) {
        return said.byUser() ? new UserMessage(said.content()) : new AssistantMessage(said.content());
    }
}
