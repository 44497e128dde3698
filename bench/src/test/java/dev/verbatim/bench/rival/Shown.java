package dev.verbatim.bench.rival;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.verbatim.Message;
import org.springframework.ai.chat.messages.MessageType;
import org.springframework.ai.session.SessionEvent;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** What the messages say that rivals hand to an application, each in a class of its own. */
final class Shown {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Shown() {}

    static Said said(Object message) {
        return switch (message) {
            case Said said -> said;
            case Message line -> line(JSON.readTree(line.bytes()));
            case SessionEvent event -> said(event.getMessage());
            case org.springframework.ai.chat.messages.Message one ->
                new Said(
                        one.getMessageType() == MessageType.USER ? "user" : "assistant", String.valueOf(one.getText()));
            case UserMessage user -> new Said("user", user.singleText());
            case AiMessage answer -> new Said("assistant", answer.text());
            default -> throw new IllegalArgumentException("no rival shows " + message.getClass());
        };
    }

    private static Said line(JsonNode line) {
        return new Said(line.get("role").asString(), line.get("content").asString());
    }
}
