package dev.verbatim.server.chat;

import dev.verbatim.Conversation;
import dev.verbatim.ConversationNotFoundException;
import dev.verbatim.HistoryStore;
import dev.verbatim.ListQuery;
import dev.verbatim.Message;
import dev.verbatim.Slice;
import dev.verbatim.server.json.RawValue;
import dev.verbatim.server.window.Texts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Looks through the newest part of an owner's history for words. Bounded in messages and bytes. Thread-safe. */
final class HistorySearch {
    private static final int CONVERSATIONS = 20;
    private static final int MESSAGES_EACH = 100;
    private static final int PAGE = 20;
    private static final int MOST_BYTES = 4 << 20;
    private static final int MOST_HITS = 3;
    private static final int LONGEST_TEXT = 200;

    /** A message that fits. */
    record Hit(String conversationId, long seq, String role, String text, long score) {}

    private final HistoryStore store;

    HistorySearch(HistoryStore store) {
        this.store = store;
    }

    /** The messages said before the question that share most of {@code words}, best first, newest first among equals. */
    List<Hit> best(ModelRequest request, Set<String> words) {
        if (words.isEmpty()) {
            return List.of();
        }
        Search search = new Search(request, words);
        store.list(request.owner(), ListQuery.newest(CONVERSATIONS)).data().forEach(search::lookThrough);
        return search.hits.stream()
                .sorted(Comparator.comparingLong(Hit::score).reversed())
                .limit(MOST_HITS)
                .toList();
    }

    /** One search; used by one thread. */
    private final class Search {
        private final ModelRequest request;
        private final Set<String> words;
        private final int fewest;
        private final List<Hit> hits = new ArrayList<>();
        private long bytes;

        Search(ModelRequest request, Set<String> words) {
            this.request = request;
            this.words = words;
            this.fewest = Math.min(words.size(), 2);
        }

        void lookThrough(Conversation conversation) {
            boolean here = conversation.id().equals(request.conversationId());
            long before = here ? request.lastSeq() : Long.MAX_VALUE;
            try {
                for (int read = 0; read < MESSAGES_EACH && before > 1 && bytes < MOST_BYTES; read += PAGE) {
                    List<Message> page = store.read(request.owner(), conversation.id(), page(before))
                            .messages();
                    page.reversed().forEach(message -> look(conversation.id(), message));
                    before = page.isEmpty() ? 1 : page.getFirst().seq();
                }
            } catch (ConversationNotFoundException e) {
                // It was deleted since it was listed.
            }
        }

        private static Slice page(long before) {
            return before == Long.MAX_VALUE ? Slice.newest(PAGE) : Slice.before(before, PAGE);
        }

        private void look(String conversationId, Message message) {
            bytes += message.bytes().length;
            Map<String, RawValue> members = RawValue.parse(message.bytes()).members();
            RawValue model = members.get("model");
            if (model != null && BuiltInAnswerer.NAME.equals(model.string())) {
                return;
            }
            String text = Texts.of(members.get("content"));
            Set<String> said = Keywords.of(text);
            long score = words.stream()
                    .filter(word -> said.stream().anyMatch(other -> Keywords.alike(word, other)))
                    .count();
            if (score >= fewest) {
                hits.add(new Hit(conversationId, message.seq(), message.role(), cut(text), score));
            }
        }
    }

    private static String cut(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.codePointCount(0, line.length()) <= LONGEST_TEXT
                ? line
                : line.substring(0, line.offsetByCodePoints(0, LONGEST_TEXT)) + "…";
    }
}
