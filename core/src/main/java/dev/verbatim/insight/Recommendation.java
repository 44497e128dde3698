package dev.verbatim.insight;

import java.util.Optional;

/** What somebody who looked at what was found for a query said should be done. */
public enum Recommendation {
    /** Answer with it. */
    ANSWER,
    /** Ask again in other words. */
    REFINE,
    /** Ask the user what is meant. */
    CLARIFY,
    /** Answer without it: there is nothing of use. */
    EXTERNAL;

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
