package dev.verbatim.server.chat;

import dev.verbatim.HistoryStore;
import dev.verbatim.InvalidInputException;
import dev.verbatim.Slice;
import dev.verbatim.server.window.ToolPairs;
import dev.verbatim.server.window.WindowReader;
import java.util.List;
import java.util.Optional;

/**
 * Reads what of a conversation goes to the model: its newest messages up to the one that is to be answered, before them
 * the instructions the conversation begins with. Thread-safe.
 */
final class PromptReader {
    private final WindowReader reader;
    private final int windowMessages;

    PromptReader(HistoryStore store, int windowMessages) {
        this.reader = new WindowReader(store);
        this.windowMessages = windowMessages;
    }

    /**
     * The prompt of a turn.
     *
     * @throws InvalidInputException when nothing is left that a model could answer
     */
    Prompt read(Turn turn) {
        long seq = turn.last().seq();
        WindowReader.Read read = reader.read(
                turn.owner(),
                turn.conversationId(),
                Slice.before(seq + 1, windowMessages).minSeq(seq));
        List<String> messages = ToolPairs.complete(read.all().stream()
                .map(PromptMessage::of)
                .flatMap(Optional::stream)
                .toList());
        if (messages.isEmpty()) {
            throw new InvalidInputException("messages", "a tool result needs the message with its call before it");
        }
        return new Prompt(messages, read.window().source());
    }
}
