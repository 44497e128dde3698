package dev.verbatim.testkit.history;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/**
 * How far answers were behind when their reads began: since when something newer than the answer was known to somebody, as
 * acknowledged or as read. Zero for an answer with nothing newer known. What nobody was told of does not count, so this is
 * a lower bound of how old an answer was, and exactly what clients together could notice.
 *
 * @param reads how many
 * @param p50 nearest rank, as the others
 * @param buckets how many were behind by more than the bucket before and at most this, without empty ones
 */
public record Staleness(
        long reads, Duration p50, Duration p99, Duration p999, Duration max, Map<Duration, Long> buckets) {
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%d reads, p50 %s, p99 %s, p99.9 %s, max %s",
                reads,
                millis(p50),
                millis(p99),
                millis(p999),
                millis(max)));
        buckets.forEach((bound, count) ->
                text.append("; up to ").append(millis(bound)).append(": ").append(count));
        return text.toString();
    }

    private static String millis(Duration duration) {
        return String.format(Locale.ROOT, "%.3f ms", duration.toNanos() / 1e6);
    }
}
