package dev.verbatim.insight;

import dev.verbatim.InvalidInputException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which query logs to list. Immutable.
 *
 * @param user whose, or null for everybody's
 * @param from the first time, or null
 * @param to behind the last time, or null
 * @param recommendation only those with this, or null
 * @param slowestFirst else the newest come first
 * @param limit how many at most
 * @param after a page's {@link dev.verbatim.Page#next}, or null to begin
 */
public record AnsweredQuery(
        @Nullable UUID user,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable Recommendation recommendation,
        boolean slowestFirst,
        int limit,
        @Nullable String after) {
    public AnsweredQuery {
        if (from != null && to != null && to.isBefore(from)) {
            throw new InvalidInputException("to", "to must not be before from");
        }
    }
}
