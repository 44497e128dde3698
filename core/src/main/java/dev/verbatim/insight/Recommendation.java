package dev.verbatim.insight;

import java.util.Optional;

/** What somebody who looked at what was found for a query said should be done. */
public enum Recommendation {
    /** Answer with it. */
    ANSWER(0),
    /** Ask again in other words. */
    REFINE(1),
    /** Ask the user what is meant. */
    CLARIFY(2),
    /** Answer without it: there is nothing of use. */
    EXTERNAL(3);

    /** Its place among stored sums. */
    final int place;

    Recommendation(int place) {
        this.place = place;
    }

    /** The one of that name, if there is one. */
    public static Optional<Recommendation> of(String name) {
        for (Recommendation recommendation : values()) {
            if (recommendation.name().equals(name)) {
                return Optional.of(recommendation);
            }
        }
        return Optional.empty();
    }
}
