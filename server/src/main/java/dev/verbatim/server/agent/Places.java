package dev.verbatim.server.agent;

import dev.verbatim.search.SearchHit;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Chooses, of what searches found, the conversations that have most of the question. */
final class Places {
    /** What was found of one conversation. */
    private static final class Place {
        private final Set<Word> words = new LinkedHashSet<>();
        private SearchHit best;
        private double most = -1;

        Place(SearchHit first) {
            this.best = first;
        }

        void add(SearchHit hit, Set<Word> has, double share) {
            words.addAll(has);
            if (share > most) {
                most = share;
                best = hit;
            }
        }
    }

    private final Collection<Word> question;
    private final Weights weights;

    Places(Collection<Word> question, Weights weights) {
        this.question = question;
        this.weights = weights;
    }

    /** Of each of the best {@code count} conversations the hit that has most, the best first. */
    List<SearchHit> best(List<SearchHit> hits, int count) {
        Map<String, Place> places = new LinkedHashMap<>();
        Set<String> seen = new HashSet<>();
        for (SearchHit hit : hits) {
            if (!seen.add(hit.seq() + " " + hit.conversationId())) {
                continue;
            }
            Set<String> text = Said.words(hit.text());
            Set<Word> has = new LinkedHashSet<>();
            question.stream()
                    .filter(word -> text.stream().anyMatch(word::means))
                    .forEach(has::add);
            places.computeIfAbsent(hit.conversationId(), id -> new Place(hit)).add(hit, has, weights.share(has));
        }
        return places.values().stream()
                .sorted(Comparator.comparingDouble((Place place) -> weights.share(place.words) + place.most)
                        .reversed())
                .limit(count)
                .map(place -> place.best)
                .toList();
    }
}
