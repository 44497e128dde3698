package dev.verbatim.server.chat;

import dev.verbatim.Owner;
import java.util.List;
import java.util.Optional;

/**
 * What is to be answered.
 *
 * @param owner who asks, in whose history may be looked
 * @param conversationId where it was asked
 * @param seq the number of the message that is to be answered
 * @param messages what the model would be sent, oldest first, each a JSON object
 * @param adviser the model, to be asked beside the answer; empty when none is set
 */
public record Question(Owner owner, String conversationId, long seq, List<String> messages, Optional<Adviser> adviser) {
    public Question {
        messages = List.copyOf(messages);
    }

    /** A model that is asked something beside the answer. */
    @FunctionalInterface
    public interface Adviser {
        /**
         * The text the model says to {@code messages}, JSON objects.
         *
         * @throws ModelException when it says none
         */
        String ask(List<String> messages);
    }
}
