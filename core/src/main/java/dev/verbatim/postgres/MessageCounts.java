package dev.verbatim.postgres;

import dev.verbatim.Times;
import dev.verbatim.insight.InsightFilter;
import dev.verbatim.insight.Span;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How many messages the conversations have that were active in some time. Of all users or a department that means a look at
 * each conversation: the longer it took, the longer its number is told again. Thread-safe.
 */
final class MessageCounts {
    /** A conversation without gaps has as many messages as its newest number says. */
    private static final String MESSAGES = """
            SELECT coalesce(sum(c.last_seq), 0) FROM conversations c
            WHERE c.updated_at >= ?::timestamptz AND c.created_at < ?::timestamptz
            """;

    private static final String OF_USER = " AND c.user_id = ?::uuid";
    private static final String OF_DEPARTMENT =
            " AND EXISTS (SELECT FROM users u WHERE u.id = c.user_id AND u.dept_id = ?)";

    /** How much longer a number is told than it took to count. */
    private static final int TIMES_LONGER = 20;

    private static final int MOST_KNOWN = 100;

    private record Counted(long messages, long until) {}

    private final LongSupplier nanos;
    private final Map<InsightFilter, Counted> known = new LinkedHashMap<>();

    MessageCounts() {
        this(System::nanoTime);
    }

    /** @param nanos a clock like {@link System#nanoTime} */
    MessageCounts(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Null when {@code filter} is about a model or a recommendation: conversations count messages without regard to these. */
    @Nullable
    Long of(Connection connection, InsightFilter filter) throws SQLException {
        if (filter.model() != null || filter.recommendation() != null) {
            return null;
        }
        if (filter.user() != null) {
            return count(connection, filter);
        }
        long began = nanos.getAsLong();
        Counted before = known(filter);
        if (before != null && began - before.until() < 0) {
            return before.messages();
        }
        long messages = count(connection, filter);
        long ended = nanos.getAsLong();
        know(filter, new Counted(messages, ended + TIMES_LONGER * (ended - began)));
        return messages;
    }

    private synchronized @Nullable Counted known(InsightFilter which) {
        return known.get(which);
    }

    private synchronized void know(InsightFilter which, Counted counted) {
        known.remove(which);
        if (known.size() == MOST_KNOWN) {
            known.remove(known.keySet().iterator().next());
        }
        known.put(which, counted);
    }

    private static long count(Connection connection, InsightFilter filter) throws SQLException {
        String whose = filter.user() != null ? OF_USER : filter.deptId() != null ? OF_DEPARTMENT : "";
        try (PreparedStatement statement = connection.prepareStatement(MESSAGES + whose)) {
            statement.setString(1, Times.format(Objects.requireNonNullElse(filter.from(), Span.EARLIEST)));
            statement.setString(2, Times.format(Objects.requireNonNullElse(filter.to(), Span.LATEST)));
            if (filter.user() != null) {
                statement.setString(3, filter.user().toString());
            } else if (filter.deptId() != null) {
                statement.setString(3, filter.deptId());
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
