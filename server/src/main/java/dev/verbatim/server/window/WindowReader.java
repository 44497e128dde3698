package dev.verbatim.server.window;

import dev.verbatim.HistoryStore;
import dev.verbatim.Message;
import dev.verbatim.Owner;
import dev.verbatim.Slice;
import dev.verbatim.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** Reads what a window for a model is made of. Thread-safe. */
public final class WindowReader {
    private static final Set<String> INSTRUCTIONS = Set.of("system", "developer");
    private static final String TOOL = "tool";
    private static final int A_FEW = 4;

    /** More results than this for one message's calls are not looked through for their call. */
    private static final int MOST_RESULTS = 200;

    private final HistoryStore store;

    /** Reads from {@code store}. */
    public WindowReader(HistoryStore store) {
        this.store = store;
    }

    /**
     * What was read.
     *
     * @param window the slice
     * @param instructions the system and developer messages the conversation begins with
     * @param rest the slice's messages that are none of these; with the message that has the calls before them when they are
     *     nothing but results, and with the results behind them when they end with calls
     */
    public record Read(Window window, List<Message> instructions, List<Message> rest) {
        /** All that was read, in order. */
        public List<Message> all() {
            List<Message> all = new ArrayList<>(instructions);
            all.addAll(rest);
            return all;
        }
    }

    /** Reads a slice, and what it needs from before it. */
    public Read read(Owner owner, String conversationId, Slice slice) {
        Window window = store.read(owner, conversationId, slice);
        List<Message> newest = window.messages();
        Conversation conversation = new Conversation(store, owner, conversationId);
        List<Message> instructions = conversation.instructions(newest, slice.limit());
        long last = instructions.isEmpty() ? 0 : instructions.getLast().seq();
        List<Message> said =
                newest.stream().filter(message -> message.seq() > last).toList();
        List<Message> rest = conversation.withCall(conversation.withResults(said, window.lastSeq()));
        return new Read(window, instructions, rest);
    }

    /**
     * Reads a slice, and keeps of it what fits.
     *
     * @param maxTokens see {@link ModelWindow#of}
     */
    public ModelWindow read(Owner owner, String conversationId, Slice slice, long maxTokens) {
        Read read = read(owner, conversationId, slice);
        return ModelWindow.of(read.window(), read.instructions(), read.rest(), maxTokens);
    }

    private record Conversation(HistoryStore store, Owner owner, String id) {
        List<Message> instructions(List<Message> newest, int limit) {
            if (newest.isEmpty()) {
                return List.of();
            }
            List<Message> first = newest.getFirst().seq() == 1
                    ? newest
                    : first(newest.getLast().seq(), limit);
            return instructionsAtBegin(first);
        }

        /** A few at first: few conversations begin with more instructions. */
        private List<Message> first(long last, int limit) {
            List<Message> few = read(toLast(last, Math.min(limit, A_FEW)));
            return instructionsAtBegin(few).size() < A_FEW ? few : read(toLast(last, limit));
        }

        private static Slice toLast(long last, int limit) {
            return new Slice(OptionalLong.of(0), OptionalLong.of(last + 1), limit, 0, false);
        }

        private static List<Message> instructionsAtBegin(List<Message> messages) {
            return messages.stream()
                    .takeWhile(message -> INSTRUCTIONS.contains(message.role()))
                    .toList();
        }

        /** When nothing but results fit, the message with their calls is fetched too: without it they would be left out. */
        List<Message> withCall(List<Message> newest) {
            if (newest.isEmpty()
                    || !newest.stream().allMatch(message -> message.role().equals(TOOL))) {
                return newest;
            }
            List<Message> before = read(Slice.before(newest.getFirst().seq(), MOST_RESULTS));
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

        /** When the slice ends within calls and results, the results behind it are fetched: they are not missing. */
        List<Message> withResults(List<Message> slice, long lastSeq) {
            if (slice.isEmpty() || slice.getLast().seq() >= lastSeq || !mayLackResults(slice.getLast())) {
                return slice;
            }
            List<Message> extended = new ArrayList<>(slice);
            read(Slice.after(slice.getLast().seq(), MOST_RESULTS)).stream()
                    .takeWhile(message -> message.role().equals(TOOL))
                    .forEach(extended::add);
            return extended;
        }

        private static boolean mayLackResults(Message last) {
            return last.role().equals(TOOL) || !WindowMessage.of(last).calls().isEmpty();
        }

        private List<Message> read(Slice slice) {
            return store.read(owner, id, slice).messages();
        }
    }
}
