package dev.verbatim.server.insight;

import dev.verbatim.insight.Answered;
import dev.verbatim.insight.Insights;
import dev.verbatim.insight.Recommendation;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has query logs stored. What is too long in them is cut: it is a log. Thread-safe. */
final class StoredQueryLogs implements QueryLogs {
    private static final Logger LOG = LoggerFactory.getLogger(StoredQueryLogs.class);

    private final Insights insights;

    StoredQueryLogs(Insights insights) {
        this.insights = insights;
    }

    @Override
    public void log(QueryLog log) {
        try {
            insights.take(answered(log));
        } catch (RuntimeException e) {
            LOG.error("a query log is lost", e);
        }
    }

    private static Answered answered(QueryLog log) {
        String query = log.query();
        return new Answered(
                UUID.randomUUID(),
                log.owner(),
                (log.createdAt() == null ? Instant.now() : log.createdAt()).truncatedTo(ChronoUnit.MICROS),
                cut(query, Answered.LONGEST_QUERY),
                Math.clamp(log.responseTimeMs(), 0, Integer.MAX_VALUE),
                log.tokensUsed() == null ? null : Math.clamp(log.tokensUsed(), 0, Integer.MAX_VALUE),
                log.conversationId(),
                log.retrievalQuality() == null ? null : Math.clamp(log.retrievalQuality(), 0.0, 1.0),
                recommendation(log),
                log.refinementCount(),
                log.contextsRetrieved(),
                model(log));
    }

    private static @Nullable String model(QueryLog log) {
        String model = log.model();
        return model == null || model.isBlank() ? null : cut(model, Answered.LONGEST_MODEL);
    }

    private static String cut(String text, int longest) {
        return text.length() > longest ? text.substring(0, longest) : text;
    }

    private static @Nullable Recommendation recommendation(QueryLog log) {
        return log.recommendation() == null
                ? null
                : Recommendation.of(log.recommendation()).orElse(null);
    }
}
