package dev.verbatim.server.chat;

import dev.verbatim.HistoryStore;
import dev.verbatim.server.json.RawValue;
import dev.verbatim.server.window.Texts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * Answers without a model: with what of the user's own history shares most words with the question, or that nothing
 * does. The same question on the same history gets the same answer. Thread-safe.
 */
final class BuiltInAnswerer implements ModelClient {
    /** What an answer names as its model. */
    static final String NAME = "built-in";

    private static final String NO_MODEL =
            "No model is set (OPENAI_BASE_URL, OPENAI_MODEL), so I only look things up. ";
    private static final String NOTHING = "Nothing in your history fits this.";

    private final HistorySearch search;

    BuiltInAnswerer(HistoryStore store) {
        this.search = new HistorySearch(store);
    }

    @Override
    public ModelAnswer ask(ModelRequest request) {
        return new FixedAnswer(reply(request)).ask(request);
    }

    @Override
    public ModelStream stream(ModelRequest request) {
        return new FixedAnswer(reply(request)).stream(request);
    }

    private String reply(ModelRequest request) {
        Set<String> words = Keywords.of(question(request.messages()));
        List<HistorySearch.Hit> hits = search.best(request, words);
        StringBuilder reply = new StringBuilder(NO_MODEL);
        for (HistorySearch.Hit hit : hits) {
            reply.append("From your history (conversation ")
                    .append(hit.conversationId())
                    .append(", message ")
                    .append(hit.seq())
                    .append("), ")
                    .append(hit.role())
                    .append(": “")
                    .append(hit.text())
                    .append("” ");
        }
        return hits.isEmpty() ? NO_MODEL + NOTHING : reply.toString().strip();
    }

    /** What the user said last. */
    private static String question(List<String> messages) {
        for (String json : messages.reversed()) {
            var members = RawValue.parse(json.getBytes(StandardCharsets.UTF_8)).members();
            RawValue role = members.get("role");
            if (role != null && "user".equals(role.string())) {
                return Texts.of(members.get("content"));
            }
        }
        return "";
    }
}
