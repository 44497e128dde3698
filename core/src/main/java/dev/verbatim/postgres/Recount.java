package dev.verbatim.postgres;

import dev.verbatim.Times;
import dev.verbatim.insight.Fact;
import dev.verbatim.insight.Period;
import dev.verbatim.insight.Tally;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Counts periods anew of which something was deleted: hours out of the logs, then days out of their hours, then months out of
 * their days. Within a transaction that holds {@link RollupPass#LOCK}.
 */
final class Recount {
    private static final String TAKE = """
            DELETE FROM query_recounts WHERE period = ? AND at IN (
              SELECT at FROM query_recounts WHERE period = ? GROUP BY at ORDER BY at LIMIT ?)
            RETURNING (extract(epoch FROM at) * 1000000)::bigint AS at_us
            """;

    private static final String MARK = "INSERT INTO query_recounts (period, at) VALUES (?, ?::timestamptz)";

    private static final String CLEAR = "DELETE FROM query_rollups WHERE period = ? AND at = ?::timestamptz";

    /** One statement, so one view: what is news in it is among the logs, and is not to be added again. */
    private static final String HOUR = """
            WITH news AS (
              DELETE FROM query_log_news WHERE created_at >= ?::timestamptz AND created_at < ?::timestamptz RETURNING *)
            SELECT true AS news, %1$s FROM news
            UNION ALL
            SELECT false, %1$s FROM query_logs WHERE created_at >= ?::timestamptz AND created_at < ?::timestamptz
            """.formatted(FactRows.READ);

    private static final String PARTS = """
            SELECT scope, model, recommendation, queries, sums, response_times, users, conversations
            FROM query_rollups WHERE period = ? AND at >= ?::timestamptz AND at < ?::timestamptz
            """;

    private static final int HOURS_AT_ONCE = 12;

    private final Connection connection;

    Recount(Connection connection) {
        this.connection = connection;
    }

    /** Counts some of the shortest that there are; returns whether there were any. */
    boolean some() throws SQLException {
        Set<Instant> hours = take(Period.HOUR, HOURS_AT_ONCE);
        for (Instant hour : hours) {
            countHour(hour);
            mark(Period.DAY, Period.DAY.floor(hour));
        }
        if (!hours.isEmpty()) {
            return true;
        }
        Set<Instant> days = take(Period.DAY, 1);
        for (Instant day : days) {
            putTogether(Period.DAY, day, Period.HOUR);
            mark(Period.MONTH, Period.MONTH.floor(day));
        }
        if (!days.isEmpty()) {
            return true;
        }
        Set<Instant> months = take(Period.MONTH, 1);
        for (Instant month : months) {
            putTogether(Period.MONTH, month, Period.DAY);
        }
        return !months.isEmpty();
    }

    private Set<Instant> take(Period period, int most) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
            statement.setString(1, period.text());
            statement.setString(2, period.text());
            statement.setInt(3, most);
            Set<Instant> times = new TreeSet<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    times.add(Columns.time(row.getLong("at_us")));
                }
            }
            return times;
        }
    }

    private void mark(Period period, Instant at) throws SQLException {
        execute(MARK, period, at);
    }

    private void countHour(Instant hour) throws SQLException {
        execute(CLEAR, Period.HOUR, hour);
        Map<RollupKey, Tally> shared = new HashMap<>();
        Map<RollupKey, Tally> own = new HashMap<>();
        Map<RollupKey, Tally> longer = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(HOUR)) {
            for (int i = 1; i <= 4; i += 2) {
                statement.setString(i, Times.format(hour));
                statement.setString(i + 1, Times.format(Period.HOUR.next(hour)));
            }
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    Fact fact = FactRows.fact(row);
                    if (row.getBoolean("news")) {
                        RollupPass.addOwn(own, fact);
                        RollupKey.shared(
                                fact,
                                Period.DAY,
                                key -> RollupPass.tally(longer, key).add(fact));
                        RollupKey.shared(
                                fact,
                                Period.MONTH,
                                key -> RollupPass.tally(longer, key).add(fact));
                    } else {
                        RollupKey.shared(
                                fact,
                                Period.HOUR,
                                key -> RollupPass.tally(shared, key).add(fact));
                    }
                }
            }
        }
        RollupTable.SHARED.add(connection, shared);
        RollupTable.SHARED.add(connection, longer);
        RollupTable.OF_USERS.add(connection, own);
    }

    private void putTogether(Period period, Instant at, Period parts) throws SQLException {
        execute(CLEAR, period, at);
        Map<RollupKey, Tally> whole = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(PARTS)) {
            statement.setString(1, parts.text());
            statement.setString(2, Times.format(at));
            statement.setString(3, Times.format(period.next(at)));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    RollupKey key = new RollupKey(
                            row.getString("scope"),
                            period,
                            at,
                            row.getString("model"),
                            row.getString("recommendation"));
                    RollupTable.addTo(RollupPass.tally(whole, key), row, true);
                }
            }
        }
        RollupTable.SHARED.add(connection, whole);
    }

    private void execute(String sql, Period period, Instant at) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, period.text());
            statement.setString(2, Times.format(at));
            statement.executeUpdate();
        }
    }
}
