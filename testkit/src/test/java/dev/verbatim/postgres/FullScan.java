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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
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

    /** Compares plots with what is so: each point, and that there is one for each period. */
    void checkSeries(Insights insights, InsightFilter filter, Metric metric, Period period) {
        List<Point> points = insights.series(filter, metric, period);
        List<Instant> times = times(filter, period);
        assertThat(points).as(metric + " " + filter).extracting(Point::at).isEqualTo(times);
        InsightFilter whole = new InsightFilter(
                times.getFirst(),
                period.next(times.getLast()),
                filter.user(),
                filter.deptId(),
                filter.model(),
                filter.recommendation());
        Map<Instant, List<Answered>> so =
                those(whole).stream().collect(Collectors.groupingBy(log -> period.floor(log.createdAt())));
        for (Point point : points) {
            check(point, metric, so.getOrDefault(point.at(), List.of()));
        }
    }

    /** From the first to the last log of the user, or of all, unless the filter has times. */
    private List<Instant> times(InsightFilter filter, Period period) {
        List<Instant> all = those(new InsightFilter(null, null, filter.user(), null, null, null)).stream()
                .map(Answered::createdAt)
                .sorted()
                .toList();
        Instant end = filter.to() == null ? all.getLast().plusNanos(1) : filter.to();
        List<Instant> times = new ArrayList<>();
        Instant at = period.floor(filter.from() == null ? all.getFirst() : filter.from());
        while (at.isBefore(end)) {
            times.add(at);
            at = period.next(at);
        }
        return times;
    }

    private static void check(Point point, Metric metric, List<Answered> logs) {
        String about = metric + " at " + point.at();
        switch (metric) {
            case QUERIES -> exact(point.value(), logs.size(), about);
            case USERS -> near(point.value(), distinct(logs, Answered::owner), 2, about);
            case CONVERSATIONS -> near(point.value(), distinct(logs, Answered::conversation), 2, about);
            case TOKENS -> exact(point.value(), sum(values(logs, Answered::tokensUsed)), about);
            case RESPONSE_TIME_AVG -> exact(point.value(), average(logs, Answered::responseTimeMs), about);
            case RESPONSE_TIME_P50 -> percentile(point.value(), logs, 50, about);
            case RESPONSE_TIME_P95 -> percentile(point.value(), logs, 95, about);
            case RESPONSE_TIME_P99 -> percentile(point.value(), logs, 99, about);
            case RETRIEVAL_QUALITY -> exact(point.value(), average(logs, Answered::retrievalQuality), about);
            case REFINEMENTS -> exact(point.value(), average(logs, Answered::refinementCount), about);
            case CONTEXTS -> exact(point.value(), average(logs, Answered::contextsRetrieved), about);
        }
    }

    private static void percentile(double told, List<Answered> logs, int percent, String about) {
        if (logs.isEmpty()) {
            assertThat(told).as(about).isNaN();
        } else {
            near(told, percentile(logs, percent), 1, about);
        }
    }

    private static void exact(double told, double so, String about) {
        if (Double.isNaN(so)) {
            assertThat(told).as(about).isNaN();
        } else {
            assertThat(told).as(about).isCloseTo(so, within(1e-9 * (1 + so)));
        }
    }

    private static double average(List<Answered> logs, Function<Answered, @Nullable Number> value) {
        List<Double> values = values(logs, value);
        return values.isEmpty() ? Double.NaN : sum(values) / values.size();
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
        List<Double> values = values(logs, value);
        assertThat(told.count()).as(about).isEqualTo(values.size());
        exact(told.total(), sum(values), about);
    }

    private static List<Double> values(List<Answered> logs, Function<Answered, @Nullable Number> value) {
        return logs.stream()
                .map(value)
                .filter(number -> number != null)
                .map(Number::doubleValue)
                .toList();
    }

    private static double sum(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).sum();
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
