package dev.verbatim.postgres;

import dev.verbatim.insight.InsightFilter;
import dev.verbatim.insight.Span;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How many messages the conversations have that were active in some time. Of all users or a department that means a look at
 * each conversation, which gives the numbers of any hours at once; the longer it took, the longer they are told again.
 * Thread-safe.
 */
final class MessageCounts {
    /** A conversation without gaps has as many messages as its newest number says. */
    private static final String OF_USER = """
            SELECT coalesce(sum(c.last_seq), 0) FROM conversations c
            WHERE c.user_id = ? AND c.updated_at >= ? AND least(c.created_at, c.updated_at) < ?
            """;

    private static final String BY_HOUR = """
            SELECT (extract(epoch FROM hour) * 1000000)::bigint, sum(last_seq)
            FROM (
              SELECT date_bin('1 hour', %s, 'epoch') AS hour, c.last_seq FROM conversations c
              WHERE ?::text IS NULL OR EXISTS (SELECT FROM users u WHERE u.id = c.user_id AND u.dept_id = ?)) AS c
            GROUP BY hour ORDER BY hour
            """;

    /** Who brings a time that is still to come was active before. */
    private static final String MADE = BY_HOUR.formatted("least(c.created_at, c.updated_at)");

    private static final String ACTIVE = BY_HOUR.formatted("c.updated_at");

    /** How much longer numbers are told than it took to count. */
    private static final int TIMES_LONGER = 20;

    private static final int MOST_KNOWN = 100;

    /** Messages by the hour in which their conversations were made, and by that in which they were last active. */
    private record Counted(RunningSums made, RunningSums active, long until) {
        long between(@Nullable Instant from, @Nullable Instant to) {
            return made.before(Columns.micros(Objects.requireNonNullElse(to, Span.LATEST)))
                    - active.before(Columns.micros(Objects.requireNonNullElse(from, Span.EARLIEST)));
        }
    }

    private final LongSupplier nanos;

    /** By department; with null those of all. */
    private final Map<@Nullable String, Counted> known = new LinkedHashMap<>();

    MessageCounts() {
        this(System::nanoTime);
    }

    /** @param nanos a clock like {@link System#nanoTime} */
    MessageCounts(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /**
     * Null when {@code filter} is about a model or a recommendation: conversations count messages without regard to these.
     *
     * @param filter with times of whole hours
     */
    @Nullable
    Long of(Connection connection, InsightFilter filter) throws SQLException {
        if (filter.model() != null || filter.recommendation() != null) {
            return null;
        }
        UUID user = filter.user();
        if (user != null) {
            return ofUser(connection, user, filter);
        }
        long began = nanos.getAsLong();
        Counted counted = known(filter.deptId());
        if (counted == null || began - counted.until() >= 0) {
            RunningSums made = byHour(connection, MADE, filter.deptId());
            RunningSums active = byHour(connection, ACTIVE, filter.deptId());
            long ended = nanos.getAsLong();
            counted = new Counted(made, active, ended + TIMES_LONGER * (ended - began));
            know(filter.deptId(), counted);
        }
        return counted.between(filter.from(), filter.to());
    }

    private synchronized @Nullable Counted known(@Nullable String dept) {
        return known.get(dept);
    }

    private synchronized void know(@Nullable String dept, Counted counted) {
        known.remove(dept);
        if (known.size() == MOST_KNOWN) {
            known.remove(known.keySet().iterator().next());
        }
        known.put(dept, counted);
    }

    private static RunningSums byHour(Connection connection, String sql, @Nullable String dept) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, dept);
            statement.setString(2, dept);
            try (ResultSet rows = statement.executeQuery()) {
                return RunningSums.of(rows);
            }
        }
    }

    private static long ofUser(Connection connection, UUID user, InsightFilter filter) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(OF_USER)) {
            statement.setObject(1, user);
            statement.setObject(2, Columns.comparable(Objects.requireNonNullElse(filter.from(), Span.EARLIEST)));
            statement.setObject(3, Columns.comparable(Objects.requireNonNullElse(filter.to(), Span.LATEST)));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
