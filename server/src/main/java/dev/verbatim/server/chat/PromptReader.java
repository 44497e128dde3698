package dev.verbatim.server.chat;

import dev.verbatim.HistoryStore;
import dev.verbatim.InvalidInputException;
import dev.verbatim.Message;
import dev.verbatim.Slice;
import dev.verbatim.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Reads what of a conversation goes to the model: its newest messages up to the one that is to be answered, before them
 * the instructions the conversation begins with. Thread-safe.
 */
final class PromptReader {
    private static final Set<String> INSTRUCTIONS = Set.of("system", "developer");
    private static final String TOOL = "tool";

    /** More results than this for one message's calls are not looked through for their call. */
    private static final int MOST_RESULTS = 200;

    private final HistoryStore store;
    private final int windowMessages;

    PromptReader(HistoryStore store, int windowMessages) {
        this.store = store;
        this.windowMessages = windowMessages;
    }

    /**
     * The prompt of a turn.
     *
     * @throws InvalidInputException when nothing is left that a model could answer
     */
    Prompt read(Turn turn) {
        long seq = turn.last().seq();
        Window window = store.read(
                turn.owner(),
                turn.conversationId(),
                Slice.before(seq + 1, windowMessages).minSeq(seq));
        List<Message> newest = withCall(turn, window.messages());
        List<Message> all = new ArrayList<>(instructions(turn, newest));
        all.addAll(newest);
        List<String> messages = ToolPairs.complete(
                all.stream().map(PromptMessage::of).flatMap(Optional::stream).toList());
        if (messages.isEmpty()) {
            throw new InvalidInputException("messages", "a tool result needs the message with its call before it");
        }
        return new Prompt(messages, window.source());
    }

    /** When nothing but results fit, the message with their calls is fetched too: without it they would be left out. */
    private List<Message> withCall(Turn turn, List<Message> newest) {
        if (newest.isEmpty()
                || !newest.stream().allMatch(message -> message.role().equals(TOOL))) {
            return newest;
        }
        List<Message> before = read(turn, Slice.before(newest.getFirst().seq(), MOST_RESULTS));
        int call = before.size() - 1;
        while (call >= 0 && before.get(call).role().equals(TOOL)) {
            call--;
        }
        if (call < 0) {
            return newest;
        }
        List<Message> extended = new ArrayList<>(before.subList(call, before.size()));
        extended.addAll(newest);
        return extended;
    }

    /** The system and developer messages the conversation begins with, as far as {@code newest} does not hold them. */
    private List<Message> instructions(Turn turn, List<Message> newest) {
        if (newest.isEmpty() || newest.getFirst().seq() == 1) {
            return List.of();
        }
        OptionalLong end = OptionalLong.of(newest.getFirst().seq());
        return read(turn, new Slice(OptionalLong.of(0), end, windowMessages, 0, false)).stream()
                .takeWhile(message -> INSTRUCTIONS.contains(message.role()))
                .toList();
    }

    private List<Message> read(Turn turn, Slice slice) {
        return store.read(turn.owner(), turn.conversationId(), slice).messages();
    }
}
