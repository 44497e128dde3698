package dev.verbatim.postgres;

import dev.verbatim.InvalidInputException;
import dev.verbatim.insight.InsightFilter;
import dev.verbatim.insight.Insights;
import dev.verbatim.insight.Metric;
import dev.verbatim.insight.Period;
import dev.verbatim.insight.Point;
import dev.verbatim.insight.Span;
import dev.verbatim.insight.Tally;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes plots. For one view of the store. */
final class SeriesReads {
    /** Minutes have no roll-ups: the logs themselves are read. */
    private static final Duration MOST_MINUTES = Duration.ofDays(1);

    /** Logs begin and end; the times a plot without given ones goes from and to. */
    private static final String ENDS = """
            SELECT (extract(epoch FROM min(first)) * 1000000)::bigint AS first_us,
              (extract(epoch FROM max(last)) * 1000000)::bigint AS last_us
            FROM (SELECT min(created_at) AS first, max(created_at) AS last FROM query_logs
              WHERE ?::uuid IS NULL OR user_id = ?::uuid) AS ends
            """;

    private record Range(Instant from, Instant to) {}

    private SeriesReads() {}

    static List<Point> read(Connection connection, InsightFilter filter, Metric metric, Period period)
            throws SQLException {
        Range range = range(connection, filter, period);
        if (range == null) {
            return List.of();
        }
        check(range, period);
        Map<Instant, Tally> tallies = new TreeMap<>();
        Span whole = new Span(period, range.from(), range.to());
        new TallyReads(connection, filter)
                .add(List.of(whole), at -> tallies.computeIfAbsent(period.floor(at), key -> new Tally()));
        List<Point> points = new ArrayList<>();
        for (Instant at = range.from(); at.isBefore(range.to()); at = period.next(at)) {
            Tally tally = tallies.get(at);
            points.add(new Point(at, tally == null ? metric.empty() : metric.of(tally)));
        }
        return points;
    }

    private static @Nullable Range range(Connection connection, InsightFilter filter, Period period)
            throws SQLException {
        Instant from = filter.from();
        Instant to = filter.to();
        if (from == null || to == null) {
            Range ends = ends(connection, filter);
            if (ends == null) {
                return null;
            }
            from = from == null ? ends.from() : from;
            to = to == null ? ends.to() : to;
        }
        return new Range(period.floor(from), period.ceiling(to));
    }

    /** From the first to behind the last log; null when there is none. */
    private static @Nullable Range ends(Connection connection, InsightFilter filter) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ENDS)) {
            statement.setObject(1, filter.user());
            statement.setObject(2, filter.user());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                long first = row.getLong("first_us");
                return row.wasNull() ? null : new Range(Columns.time(first), Columns.time(row.getLong("last_us") + 1));
            }
        }
    }

    private static void check(Range range, Period period) {
        Duration length = Duration.between(range.from(), range.to());
        if (period == Period.MINUTE && length.compareTo(MOST_MINUTES) > 0) {
            throw new InvalidInputException("bucket", "minutes can be asked for one day at most; ask for hours");
        }
        long shortest = period == Period.DAY ? 24 : 1;
        if (period != Period.MINUTE && length.toHours() / shortest > Insights.MOST_POINTS) {
            throw new InvalidInputException(
                    "bucket", "that are more than " + Insights.MOST_POINTS + " points; ask for days, or less time");
        }
    }
}
