package dev.verbatim.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.verbatim.insight.Answered;
import dev.verbatim.insight.InsightFilter;
import dev.verbatim.insight.Insights;
import dev.verbatim.insight.Metric;
import dev.verbatim.insight.Period;
import dev.verbatim.insight.Point;
import dev.verbatim.insight.Recommendation;
import dev.verbatim.insight.Sums;
import dev.verbatim.insight.Tally;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.assertj.core.data.Percentage;
import org.jspecify.annotations.Nullable;

/** What logs tell, found out by looking at each, and compared with what is told. */
final class FullScan {
    private final List<Answered> logs;
    private final Map<String, String> departments;

    /** @param departments of users, by their names */
    FullScan(List<Answered> logs, Map<String, String> departments) {
        this.logs = logs;
        this.departments = departments;
    }

    /** Compares what is told about {@code filter} with what is so. */
    void check(Insights insights, InsightFilter filter) {
        List<Answered> those = those(filter.wholeHours());
        check(insights.overview(filter).queries(), those, filter);
    }

    private void check(Tally told, List<Answered> those, InsightFilter filter) {
        String about = filter + ", " + those.size() + " logs";
        assertThat(told.queries()).as(about).isEqualTo(those.size());
        near((double) told.users().count(), distinct(those, Answered::owner), 2, about);
        near((double) told.conversations().count(), distinct(those, Answered::conversation), 2, about);
        sum(told.totalTime(), those, Answered::responseTimeMs, about);
        sum(told.tokens(), those, Answered::tokensUsed, about);
        sum(told.refinements(), those, Answered::refinementCount, about);
        sum(told.contexts(), those, Answered::contextsRetrieved, about);
        sum(told.qualities(), those, Answered::retrievalQuality, about);
        for (Recommendation each : Recommendation.values()) {
            List<Answered> some =
                    those.stream().filter(log -> log.recommendation() == each).toList();
            assertThat(told.recommended(each)).as(about).isEqualTo(some.size());
            sum(told.qualities(each), some, Answered::retrievalQuality, about);
        }
        for (int percent : new int[] {50, 95, 99}) {
            near(told.responseTimes().percentile(percent), percentile(those, percent), 1, about);
        }
    }

    /** Compares plots of everything there is with what is so. */
    void checkSeries(Insights insights, InsightFilter filter, Metric metric, Period period) {
        List<Point> points = insights.series(filter, metric, period);
        assertThat(points).isNotEmpty();
        ToDoubleFunction<List<Answered>> value = switch (metric) {
            case QUERIES -> List::size;
            case RESPONSE_TIME_P95 -> some -> some.isEmpty() ? Double.NaN : percentile(some, 95);
            case CONVERSATIONS -> some -> distinct(some, Answered::conversation);
            default -> throw new IllegalArgumentException();
        };
        for (Point point : points) {
            Instant end = period.next(point.at());
            InsightFilter slice = new InsightFilter(
                    point.at(), end, filter.user(), filter.deptId(), filter.model(), filter.recommendation());
            double so = value.applyAsDouble(those(slice));
            if (Double.isNaN(so)) {
                assertThat(point.value()).isNaN();
            } else {
                near(point.value(), so, 2, metric + " at " + point.at());
            }
        }
    }

    private List<Answered> those(InsightFilter filter) {
        return logs.stream().filter(log -> fits(log, filter)).toList();
    }

    private boolean fits(Answered log, InsightFilter filter) {
        return (filter.from() == null || !log.createdAt().isBefore(filter.from()))
                && (filter.to() == null || log.createdAt().isBefore(filter.to()))
                && (filter.user() == null || filter.user().equals(log.owner().id()))
                && (filter.deptId() == null
                        || filter.deptId().equals(departments.get(log.owner().name())))
                && (filter.model() == null || filter.model().equals(log.model()))
                && (filter.recommendation() == null || filter.recommendation() == log.recommendation());
    }

    private static double distinct(List<Answered> logs, Function<Answered, @Nullable Object> of) {
        return (double)
                logs.stream().map(of).filter(value -> value != null).distinct().count();
    }

    private static void sum(
            Sums.Sum told, List<Answered> logs, Function<Answered, @Nullable Number> value, String about) {
        List<Double> values = logs.stream()
                .map(value)
                .filter(number -> number != null)
                .map(Number::doubleValue)
                .toList();
        assertThat(told.count()).as(about).isEqualTo(values.size());
        double sum = values.stream().mapToDouble(Double::doubleValue).sum();
        assertThat(told.total()).as(about).isCloseTo(sum, within(1e-9 * (1 + sum)));
    }

    private static double percentile(List<Answered> logs, int percent) {
        List<Integer> sorted =
                logs.stream().map(Answered::responseTimeMs).sorted().toList();
        return sorted.isEmpty() ? 0 : sorted.get((sorted.size() * percent + 99) / 100 - 1);
    }

    private static void near(double told, double so, int percent, String about) {
        assertThat(told).as(about).isCloseTo(so, Percentage.withPercentage(percent));
    }
}
