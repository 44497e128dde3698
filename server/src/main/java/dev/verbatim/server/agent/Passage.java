package dev.verbatim.server.agent;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An unbroken run of a conversation, held against a question.
 *
 * @param conversationId the conversation
 * @param title its title, or null
 * @param said what was said, in its order
 */
record Passage(String conversationId, @Nullable String title, List<Said> said) {
    private static final double HERE = 0.6;
    private static final double BESIDE = 0.25;
    private static final double AROUND = 0.15;

    Passage {
        said = List.copyOf(said);
    }

    /** What of it may help, and how good that is. */
    Evidence against(Collection<Word> question, Weights weights) {
        List<Set<Word>> found =
                said.stream().map(message -> found(question, message.words())).toList();
        Set<Word> all = new LinkedHashSet<>(title == null ? Set.of() : found(question, Said.words(title)));
        found.forEach(all::addAll);
        double around = weights.share(all);
        double place = 0;
        List<Context> contexts = new ArrayList<>();
        for (int i = 0; i < said.size(); i++) {
            double here = weights.share(found.get(i));
            double before = weights.share(joined(found, i - 1, i));
            double beside = weights.share(joined(found, i - 1, i + 1));
            if (beside > 0) {
                place = Math.max(place, before);
                contexts.add(context(said.get(i), HERE * here + BESIDE * beside + AROUND * around));
            }
        }
        return contexts.isEmpty() ? Evidence.NONE : new Evidence(contexts, Quality.of(place, around));
    }

    private static Set<Word> joined(List<Set<Word>> found, int from, int to) {
        Set<Word> joined = new LinkedHashSet<>();
        for (int i = Math.max(0, from); i <= Math.min(to, found.size() - 1); i++) {
            joined.addAll(found.get(i));
        }
        return joined;
    }

    private static Set<Word> found(Collection<Word> question, Set<String> words) {
        Set<Word> found = new LinkedHashSet<>();
        for (Word word : question) {
            if (words.stream().anyMatch(word::means)) {
                found.add(word);
            }
        }
        return found;
    }

    private Context context(Said message, double score) {
        return new Context(
                conversationId,
                title,
                message.message().id(),
                message.message().seq(),
                message.message().role(),
                Context.cut(message.text()),
                message.message().createdAt(),
                score);
    }
}
