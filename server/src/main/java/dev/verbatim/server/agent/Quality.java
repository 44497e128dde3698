package dev.verbatim.server.agent;

import dev.verbatim.insight.Recommendation;
import java.util.Locale;

/**
 * How good what was found is, 0 to 1: the mean of how much of the question the best place of a conversation has (a message
 * and the one before it) and how much the conversation has around it, both as {@link Weights#share}; of the best conversation.
 */
final class Quality {
    /** From here on it answers the question. */
    static final double GOOD = 0.75;

    /** Below it, it has nothing to do with the question. */
    static final double POOR = 0.72;

    private Quality() {}

    static double of(double place, double conversation) {
        return (place + conversation) / 2;
    }

    /** What is to be done when nobody else judges. */
    static Recommendation recommendation(double quality) {
        return quality >= GOOD
                ? Recommendation.ANSWER
                : quality >= POOR ? Recommendation.CLARIFY : Recommendation.EXTERNAL;
    }

    /** As JSON, to a thousandth. */
    static String rounded(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
