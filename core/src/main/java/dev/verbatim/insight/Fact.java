package dev.verbatim.insight;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Of a query log what is counted.
 *
 * @param conversationHash tells conversations apart; null when none was named
 */
public record Fact(
        UUID user,
        Instant createdAt,
        int responseTimeMs,
        @Nullable Integer tokensUsed,
        @Nullable Integer refinementCount,
        @Nullable Integer contextsRetrieved,
        @Nullable Double retrievalQuality,
        @Nullable Long conversationHash,
        @Nullable Recommendation recommendation,
        @Nullable String deptId,
        @Nullable String model) {
    /** Whether it is one of those that {@code filter} is about, but for the time. */
    public boolean fits(InsightFilter filter) {
        return (filter.user() == null || filter.user().equals(user))
                && (filter.deptId() == null || filter.deptId().equals(deptId))
                && (filter.model() == null || filter.model().equals(model))
                && (filter.recommendation() == null || filter.recommendation() == recommendation);
    }
}
