package dev.verbatim.postgres;

import dev.verbatim.Times;
import dev.verbatim.insight.Period;
import dev.verbatim.insight.Reads;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Roll-ups of reads. Each server brings what it counted as news; who holds {@link RollupPass#LOCK} adds it up. */
final class ReadRollups {
    /** PostgreSQL's clock says which hour it is. */
    private static final String BRING = "INSERT INTO read_news (at, hits, misses, times)"
            + " VALUES (date_trunc('hour', now(), 'UTC'), ?, ?, ?) RETURNING at";

    private static final String TAKE = "DELETE FROM read_news RETURNING"
            + " (extract(epoch FROM at) * 1000000)::bigint AS at_us, hits, misses, times";

    private static final String READ =
            "SELECT hits, misses, times FROM read_rollups WHERE period = ? AND at = ?::timestamptz";

    private static final String WRITE = """
            INSERT INTO read_rollups (period, at, hits, misses, times) VALUES (?, ?::timestamptz, ?, ?, ?)
            ON CONFLICT (period, at) DO UPDATE
            SET hits = excluded.hits, misses = excluded.misses, times = excluded.times
            """;

    private static final Period[] PERIODS = {Period.HOUR, Period.DAY, Period.MONTH};

    private record Key(Period period, Instant at) {}

    private ReadRollups() {}

    static void bring(Database database, Reads reads) {
        database.query(
                BRING,
                statement -> {
                    statement.setLong(1, reads.hits());
                    statement.setLong(2, reads.misses());
                    statement.setBytes(3, reads.micros().bytes());
                },
                ResultSet::next);
    }

    /** Adds all the news; never more than the servers brought since the last time. Returns false: nothing is left. */
    static boolean add(Connection connection) throws SQLException {
        Map<Key, Reads> news = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(TAKE)) {
            while (row.next()) {
                Instant at = Columns.time(row.getLong("at_us"));
                for (Period period : PERIODS) {
                    addTo(news.computeIfAbsent(new Key(period, period.floor(at)), key -> new Reads()), row);
                }
            }
        }
        for (Map.Entry<Key, Reads> sum : news.entrySet()) {
            addStored(connection, sum.getKey(), sum.getValue());
            write(connection, sum.getKey(), sum.getValue());
        }
        return false;
    }

    static void addTo(Reads reads, ResultSet row) throws SQLException {
        reads.add(row.getLong("hits"), row.getLong("misses"), row.getBytes("times"));
    }

    private static void addStored(Connection connection, Key key, Reads reads) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(READ)) {
            statement.setString(1, key.period().text());
            statement.setString(2, Times.format(key.at()));
            try (ResultSet row = statement.executeQuery()) {
                if (row.next()) {
                    addTo(reads, row);
                }
            }
        }
    }

    private static void write(Connection connection, Key key, Reads reads) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(WRITE)) {
            statement.setString(1, key.period().text());
            statement.setString(2, Times.format(key.at()));
            statement.setLong(3, reads.hits());
            statement.setLong(4, reads.misses());
            statement.setBytes(5, reads.micros().bytes());
            statement.executeUpdate();
        }
    }
}
