package dev.verbatim.insight;

import dev.verbatim.InvalidInputException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is to be told about. Immutable.
 *
 * @param from the first time, or null for the beginning
 * @param to behind the last time, or null for no end
 * @param user only this one's queries, or null
 * @param deptId only those of users who were in this department then, or null; not with {@code user}
 * @param model only those that this model answered, or null
 * @param recommendation only those with this one, or null
 */
public record InsightFilter(
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable UUID user,
        @Nullable String deptId,
        @Nullable String model,
        @Nullable Recommendation recommendation) {
    /** Checks that they fit together. */
    public InsightFilter {
        if (from != null && to != null && to.isBefore(from)) {
            throw new InvalidInputException("to", "to must not be before from");
        }
        if (user != null && deptId != null) {
            throw new InvalidInputException("dept_id", "give user or dept_id, not both");
        }
    }

    /** This, from the beginning of the hour that {@code from} is in to the end of the one that {@code to} is in. */
    public InsightFilter wholeHours() {
        @Nullable Instant first = from == null ? null : from.truncatedTo(ChronoUnit.HOURS);
        @Nullable Instant end = to == null ? null : ceiling(to);
        return new InsightFilter(first, end, user, deptId, model, recommendation);
    }

    private static Instant ceiling(Instant time) {
        Instant hour = time.truncatedTo(ChronoUnit.HOURS);
        return hour.equals(time) ? hour : hour.plus(1, ChronoUnit.HOURS);
    }
}
