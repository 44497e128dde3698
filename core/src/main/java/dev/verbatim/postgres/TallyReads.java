package dev.verbatim.postgres;

import dev.verbatim.insight.Distinct;
import dev.verbatim.insight.Fact;
import dev.verbatim.insight.InsightFilter;
import dev.verbatim.insight.Period;
import dev.verbatim.insight.Span;
import dev.verbatim.insight.Tally;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Adds up what {@code filter} is about, from roll-ups, the news that they lack, and logs. For one view of the store. */
final class TallyReads {
    private static final String SHARED = """
            SELECT (extract(epoch FROM r.at) * 1000000)::bigint AS at_us, r.queries, r.sums, r.response_times, r.users,
              r.conversations
            FROM unnest(?::text[], ?::timestamptz[], ?::timestamptz[]) AS s (period, first, last)
            JOIN query_rollups r ON r.scope = ? AND r.period = s.period AND r.model = ? AND r.recommendation = ?
              AND r.at >= s.first AND r.at < s.last
            """;

    private static final String OF_USER = """
            SELECT (extract(epoch FROM r.at) * 1000000)::bigint AS at_us, r.queries, r.sums, r.response_times, r.conversations
            FROM unnest(?::text[], ?::timestamptz[], ?::timestamptz[]) AS s (period, first, last)
            JOIN query_user_rollups r ON r.user_id = ?::uuid AND r.period = s.period AND r.at >= s.first AND r.at < s.last
              AND (?::text IS NULL OR r.model = ?) AND (?::text IS NULL OR r.recommendation = ?)
            """;

    private final Connection connection;
    private final InsightFilter filter;

    TallyReads(Connection connection, InsightFilter filter) {
        this.connection = connection;
        this.filter = filter;
    }

    /** Adds all in {@code spans} to the tallies that {@code place} names by their time. */
    void add(List<Span> spans, Function<Instant, Tally> place) throws SQLException {
        @Nullable UUID user = filter.user();
        List<Span> rolled = spans.stream().filter(this::isRolledUp).toList();
        if (!rolled.isEmpty()) {
            if (user == null) {
                addShared(rolled, place);
            } else {
                addOwn(rolled, user, place);
            }
            for (Span span : rolled) {
                addFacts("query_log_news", span, place);
            }
        }
        for (Span span : spans) {
            if (!isRolledUp(span)) {
                addFacts("query_logs", span, place);
            }
        }
    }

    private boolean isRolledUp(Span span) {
        return span.period().compareTo(filter.user() == null ? Period.HOUR : Period.DAY) >= 0;
    }

    private void addShared(List<Span> spans, Function<Instant, Tally> place) throws SQLException {
        String dept = filter.deptId();
        try (PreparedStatement statement = connection.prepareStatement(SHARED)) {
            bind(statement, spans);
            statement.setString(4, dept == null ? RollupKey.ALL : RollupKey.department(dept));
            statement.setString(5, RollupKey.name(filter.model()));
            statement.setString(6, RollupKey.name(filter.recommendation()));
            addRows(statement, place, true);
        }
    }

    private void addOwn(List<Span> spans, UUID user, Function<Instant, Tally> place) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(OF_USER)) {
            bind(statement, spans);
            statement.setString(4, user.toString());
            statement.setString(5, filter.model());
            statement.setString(6, filter.model());
            @Nullable String recommendation = RollupKey.nameOrNull(filter.recommendation());
            statement.setString(7, recommendation);
            statement.setString(8, recommendation);
            addRows(statement, place, false);
        }
    }

    private void bind(PreparedStatement statement, List<Span> spans) throws SQLException {
        statement.setArray(
                1,
                Columns.array(
                        connection, ArrayType.TEXT, spans, span -> span.period().text()));
        statement.setArray(2, Columns.array(connection, ArrayType.TIMESTAMPTZ, spans, Span::from));
        statement.setArray(3, Columns.array(connection, ArrayType.TIMESTAMPTZ, spans, Span::to));
    }

    private void addRows(PreparedStatement statement, Function<Instant, Tally> place, boolean countsUsers)
            throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                Tally tally = place.apply(Columns.time(row.getLong("at_us")));
                RollupTable.addTo(tally, row, countsUsers);
                if (filter.user() != null) {
                    tally.users().add(Distinct.hash(filter.user()));
                }
            }
        }
    }

    private void addFacts(String table, Span span, Function<Instant, Tally> place) throws SQLException {
        FactRows.between(connection, table, span.from(), span.to(), filter.user(), fact -> add(fact, place));
    }

    private void add(Fact fact, Function<Instant, Tally> place) {
        if (fact.fits(filter)) {
            place.apply(fact.createdAt()).add(fact);
        }
    }
}
