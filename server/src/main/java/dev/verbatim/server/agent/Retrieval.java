package dev.verbatim.server.agent;

import dev.verbatim.ConversationNotFoundException;
import dev.verbatim.HistoryStore;
import dev.verbatim.Slice;
import dev.verbatim.search.SearchHit;
import dev.verbatim.search.SearchQuery;
import dev.verbatim.server.chat.Question;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Looks for words in the history of who asks, nowhere else. Each word is looked for by itself, which also tells how rare it is,
 * then any two together, which finds the places of common words; the conversations with the most are then read around them.
 * For one question, and one thread.
 */
final class Retrieval {
    private static final int HITS = 100;
    private static final int CONVERSATIONS = 8;
    private static final int WORDS_IN_PAIRS = 6;
    private static final int BEFORE = 20;
    private static final int AROUND = 40;

    private final HistoryStore store;
    private final Question question;
    private final String asked;
    private final Map<String, List<SearchHit>> known = new HashMap<>();

    /** @param asked the question's words, which are no answer to it wherever they were said before */
    Retrieval(HistoryStore store, Question question, String asked) {
        this.store = store;
        this.question = question;
        this.asked = asked.strip();
    }

    Evidence find(SearchWords words) {
        if (words.isEmpty()) {
            return Evidence.NONE;
        }
        Map<Word, Double> byWord = new LinkedHashMap<>();
        List<SearchHit> hits = new ArrayList<>();
        for (Word word : words.words()) {
            List<SearchHit> found = search(word.text());
            byWord.put(word, Weights.of(word, found.size()));
            hits.addAll(found);
        }
        pairs(words).ifPresent(pairs -> hits.addAll(search(pairs)));
        Weights weights = new Weights(byWord);
        List<Evidence> found = new Places(words.words(), weights)
                .best(hits, CONVERSATIONS).stream()
                        .flatMap(hit -> around(hit).stream())
                        .map(passage -> passage.against(words.words(), weights))
                        .toList();
        return joined(found);
    }

    private static Evidence joined(List<Evidence> found) {
        List<Context> contexts = found.stream()
                .flatMap(evidence -> evidence.contexts().stream())
                .sorted(Comparator.comparingDouble(Context::score).reversed())
                .limit(Evidence.MOST)
                .toList();
        return new Evidence(
                contexts, found.stream().mapToDouble(Evidence::quality).max().orElse(0));
    }

    private List<SearchHit> search(String query) {
        return known.computeIfAbsent(
                query,
                text -> store.search(question.owner(), SearchQuery.of(text, HITS, null)).page().data().stream()
                        .filter(this::mayHelp)
                        .toList());
    }

    /** The words that say most, any two of them. */
    private Optional<String> pairs(SearchWords words) {
        List<String> rarest = words.words().stream()
                .filter(word -> !search(word.text()).isEmpty())
                .sorted(Comparator.comparingInt(word -> search(word.text()).size()))
                .limit(WORDS_IN_PAIRS)
                .map(Word::text)
                .toList();
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < rarest.size(); i++) {
            for (int j = i + 1; j < rarest.size(); j++) {
                pairs.add(rarest.get(i) + " " + rarest.get(j));
            }
        }
        return pairs.isEmpty() ? Optional.empty() : Optional.of(pairs.stream().collect(Collectors.joining(" or ")));
    }

    /** Not the question itself, nor what came after it. */
    private boolean mayHelp(SearchHit hit) {
        boolean here = hit.conversationId().equals(question.conversationId());
        boolean itself = hit.text().strip().equalsIgnoreCase(asked);
        return here ? hit.seq() > 0 && hit.seq() < question.seq() && !itself : !itself;
    }

    private Optional<Passage> around(SearchHit hit) {
        Slice slice = Slice.after(Math.max(0, hit.seq() - BEFORE), AROUND);
        try {
            List<Said> said = store.read(question.owner(), hit.conversationId(), slice).messages().stream()
                    .map(Said::of)
                    .toList();
            boolean here = hit.conversationId().equals(question.conversationId());
            return Optional.of(new Passage(hit.conversationId(), here ? null : hit.title(), helpful(said, here)));
        } catch (ConversationNotFoundException e) {
            // Deleted since it was found.
            return Optional.empty();
        }
    }

    /** Without questions that got no answer, for they have all of their words, and help nobody who asks again. */
    private List<Said> helpful(List<Said> said, boolean here) {
        List<Said> helpful = new ArrayList<>();
        for (Said message : said) {
            if (here && message.message().seq() >= question.seq()) {
                break;
            }
            if (!message.isEmptyHanded()) {
                helpful.add(message);
            } else if (!helpful.isEmpty() && helpful.getLast().message().role().equals("user")) {
                helpful.removeLast();
            }
        }
        helpful.removeIf(message ->
                PlainReply.isOne(message.text()) || message.text().strip().equalsIgnoreCase(asked));
        return helpful;
    }
}
