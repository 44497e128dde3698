package dev.verbatim.testkit.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known of one conversation. */
final class ConversationHistory {
    final Key key;

    /** All but the quiet reads, in the order of their answers. */
    final List<Operation> operations = new ArrayList<>();

    final List<Append> appends = new ArrayList<>();
    final List<Create> creates = new ArrayList<>();
    final List<Change> changes = new ArrayList<>();
    final List<Read> reads = new ArrayList<>();
    final List<Read> quietReads = new ArrayList<>();
    final WrittenMessages written = new WrittenMessages();

    /** What each generation has at each seq, as far as invariants checked so far found out. */
    final Places places = new Places();

    /** As PostgreSQL has it in the end. */
    @Nullable
    FinalConversation end;

    private final Map<String, Line> endById = new HashMap<>();

    private ConversationHistory(Key key) {
        this.key = key;
    }

    /** A history's conversations; those called first come first. */
    static List<ConversationHistory> split(History history) {
        Map<Key, ConversationHistory> found = new LinkedHashMap<>();
        for (Operation operation : history.operations()) {
            of(found, operation.call().key()).add(operation);
        }
        for (FinalConversation end : history.finalLog()) {
            of(found, end.key()).end(end);
        }
        Comparator<Operation> byAnswer = Comparator.comparingLong(o -> o.call().answered());
        for (ConversationHistory conversation : found.values()) {
            conversation.operations.sort(byAnswer);
            conversation.appends.sort(byAnswer);
        }
        return new ArrayList<>(found.values());
    }

    private static ConversationHistory of(Map<Key, ConversationHistory> found, Key key) {
        return found.computeIfAbsent(key, ConversationHistory::new);
    }

    private void add(Operation operation) {
        switch (operation) {
            case Append append -> {
                appends.add(append);
                append.messages().forEach(message -> written.add(message, append.call()));
            }
            case Create create -> creates.add(create);
            case Change change -> {
                changes.add(change);
                if (change.what() instanceof Change.Edit edit) {
                    written.add(edit.message(), change.call());
                }
            }
            case Read read -> (read.quiet() ? quietReads : reads).add(read);
        }
        if (!(operation instanceof Read read && read.quiet())) {
            operations.add(operation);
        }
    }

    private void end(FinalConversation log) {
        if (end != null) {
            throw new IllegalArgumentException("the final log has " + key + " twice; record it once");
        }
        end = log;
        log.lines().forEach(line -> endById.putIfAbsent(line.id(), line));
    }

    /** The generation PostgreSQL has in the end, or 0. */
    long endGen() {
        return end == null ? 0 : end.gen();
    }

    List<Line> endLines() {
        return end == null ? List.of() : end.lines();
    }

    /** Message {@code id} as PostgreSQL has it in the end. */
    @Nullable
    Line inEnd(String id) {
        return endById.get(id);
    }
}
