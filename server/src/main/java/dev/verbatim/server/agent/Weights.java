package dev.verbatim.server.agent;

import java.util.Map;
import java.util.Set;

/**
 * How much each word of a question says about what is meant: a rare one more than a common one, a name more than another word.
 * A word that the history does not have is the rarest. Immutable.
 *
 * @param byWord above 0
 */
record Weights(Map<Word, Double> byWord) {
    private static final double NAME = 1;
    private static final double OTHER = 0.35;
    private static final double SLOWLY = 0.5;

    Weights {
        byWord = Map.copyOf(byWord);
    }

    /** The weight of a word that {@code messages} of the history have. */
    static double of(Word word, int messages) {
        return (word.named() ? NAME : OTHER) / (1 + SLOWLY * Math.log1p(messages));
    }

    double of(Word word) {
        return byWord.getOrDefault(word, 0.0);
    }

    /** How much of the question {@code words} are, 0 to 1. */
    double share(Set<Word> words) {
        double all = byWord.values().stream().mapToDouble(Double::doubleValue).sum();
        return all == 0 ? 0 : words.stream().mapToDouble(this::of).sum() / all;
    }
}
