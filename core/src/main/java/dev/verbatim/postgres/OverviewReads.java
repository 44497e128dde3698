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
    static Overview read(Connection connection, InsightFilter filter, MessageCounts messages) throws SQLException {
        OverviewReads reads = new OverviewReads(connection, filter);
        Tally tally = new Tally();
        new TallyReads(connection, filter).add(reads.spans, at -> tally);
        return new Overview(filter, tally, messages.of(connection, filter), reads.reads());
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
