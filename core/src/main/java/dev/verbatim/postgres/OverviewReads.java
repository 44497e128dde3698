package dev.verbatim.postgres;

import dev.verbatim.Times;
import dev.verbatim.insight.InsightFilter;
import dev.verbatim.insight.Overview;
import dev.verbatim.insight.Reads;
import dev.verbatim.insight.Span;
import dev.verbatim.insight.Tally;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** Makes overviews. For one view of the store. */
final class OverviewReads {
    /** A conversation without gaps has as many messages as its newest number says. */
    private static final String MESSAGES = """
            SELECT coalesce(sum(c.last_seq), 0) FROM conversations c
            WHERE c.updated_at >= ?::timestamptz AND c.created_at < ?::timestamptz
            """;

    private static final String OF_USER = " AND c.user_id = ?::uuid";

    private static final String OF_DEPARTMENT =
            " AND EXISTS (SELECT FROM users u WHERE u.id = c.user_id AND u.dept_id = ?)";

    private static final String READS = """
            SELECT hits, misses, times FROM read_rollups WHERE period = ? AND at >= ?::timestamptz AND at < ?::timestamptz
            """;

    private static final String READ_NEWS =
            "SELECT hits, misses, times FROM read_news WHERE at >= ?::timestamptz AND at < ?::timestamptz";

    private final Connection connection;
    private final InsightFilter filter;
    private final List<Span> spans;

    private OverviewReads(Connection connection, InsightFilter filter) {
        this.connection = connection;
        this.filter = filter;
        this.spans = Span.cover(filter.from(), filter.to());
    }

    /** @param filter with times of whole hours */
    static Overview read(Connection connection, InsightFilter filter) throws SQLException {
        OverviewReads reads = new OverviewReads(connection, filter);
        Tally tally = new Tally();
        new TallyReads(connection, filter).add(reads.spans, at -> tally);
        return new Overview(filter, tally, reads.messages(), reads.reads());
    }

    private long messages() throws SQLException {
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

    private Reads reads() throws SQLException {
        Reads reads = new Reads();
        for (Span span : spans) {
            try (PreparedStatement statement = connection.prepareStatement(READS)) {
                statement.setString(1, span.period().text());
                addTo(reads, statement, 2, span.from(), span.to());
            }
        }
        try (PreparedStatement statement = connection.prepareStatement(READ_NEWS)) {
            addTo(
                    reads,
                    statement,
                    1,
                    Objects.requireNonNullElse(filter.from(), Span.EARLIEST),
                    Objects.requireNonNullElse(filter.to(), Span.LATEST));
        }
        return reads;
    }

    private static void addTo(Reads reads, PreparedStatement statement, int at, Instant from, Instant to)
            throws SQLException {
        statement.setString(at, Times.format(from));
        statement.setString(at + 1, Times.format(to));
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                ReadRollups.addTo(reads, row);
            }
        }
    }
}
