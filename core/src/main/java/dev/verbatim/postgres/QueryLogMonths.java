package dev.verbatim.postgres;

import dev.verbatim.HistoryException;
import dev.verbatim.Times;
import dev.verbatim.insight.Answered;
import dev.verbatim.insight.Period;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The tables of query logs, one a month: makes them when they are needed, and drops those that are old. Thread-safe. */
final class QueryLogMonths {
    private static final String PREFIX = "query_logs_";
    private static final String NO_TABLE_FOR_IT = "23514";

    private static final String MAKE = "SELECT query_logs_month(?::timestamptz)";

    private static final String ALL = """
            SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
            WHERE i.inhparent = 'query_logs'::regclass ORDER BY c.relname
            """;

    private static final List<String> COUNTED =
            List.of("query_log_news:created_at", "query_rollups:at", "query_user_rollups:at", "query_recounts:at");

    private final Database database;
    private final Transactions transactions;
    private final Set<Instant> known = ConcurrentHashMap.newKeySet();

    /** Whoever waits for a lock of a whole table holds up all that come behind. */
    private final Duration lockTimeout = Duration.ofSeconds(1);

    QueryLogMonths(Database database, Transactions transactions) {
        this.database = database;
        this.transactions = transactions;
    }

    /** Runs {@code write}, which stores {@code logs}, with the tables it needs. */
    <T> T with(List<Answered> logs, Supplier<T> write) {
        try {
            return withKnown(logs, write);
        } catch (HistoryException e) {
            if (e.getCause() instanceof SQLException refused && NO_TABLE_FOR_IT.equals(refused.getSQLState())) {
                // Another server dropped one.
                known.clear();
                return withKnown(logs, write);
            }
            throw e;
        }
    }

    private <T> T withKnown(List<Answered> logs, Supplier<T> write) {
        for (Answered log : logs) {
            make(Period.MONTH.floor(log.createdAt()));
        }
        return write.get();
    }

    /** Makes those of now and the next month ahead of the first log, which need not wait then. */
    void makeAhead(Instant now) {
        make(Period.MONTH.floor(now));
        make(Period.MONTH.next(now));
    }

    private void make(Instant month) {
        if (!known.contains(month)) {
            transactions.run(lockTimeout, transaction -> {
                try (Query query = transaction.query(MAKE)) {
                    query.statement().setString(1, Times.format(month));
                    return query.rows().next();
                }
            });
            known.add(month);
        }
    }

    /**
     * Drops the months that ended before {@code time}, each with what is told of it.
     *
     * @return how many those were
     */
    int dropBefore(Instant time) {
        YearMonth first = YearMonth.from(time.atZone(ZoneOffset.UTC));
        int dropped = 0;
        for (String table : tables()) {
            YearMonth month = YearMonth.parse(table.substring(PREFIX.length()).replace('_', '-'));
            if (month.isBefore(first)) {
                drop(table, month);
                dropped++;
            }
        }
        return dropped;
    }

    private List<String> tables() {
        return database.query(ALL, statement -> {}, row -> {
            List<String> names = new ArrayList<>();
            while (row.next()) {
                names.add(row.getString(1));
            }
            return names;
        });
    }

    private void drop(String table, YearMonth month) {
        Instant end = month.plusMonths(1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        transactions.run(Transactions.LONGEST, lockTimeout, transaction -> {
            try (Statement statement = transaction.connection().createStatement()) {
                statement.execute("SET LOCAL lock_timeout = '30s'");
                statement.execute("SELECT pg_advisory_xact_lock(" + RollupPass.LOCK + ")");
                for (String counted : COUNTED) {
                    int colon = counted.indexOf(':');
                    statement.execute("DELETE FROM " + counted.substring(0, colon) + " WHERE "
                            + counted.substring(colon + 1) + " < '" + Times.format(end) + "'");
                }
                // Last, for it keeps everybody from all logs until the commit.
                statement.execute("SET LOCAL lock_timeout = " + lockTimeout.toMillis());
                return statement.execute("DROP TABLE IF EXISTS " + table);
            }
        });
        known.clear();
    }

    /** PostgreSQL's time: no server whose clock is wrong may drop by it. */
    Instant now() {
        return database.query("SELECT (extract(epoch FROM now()) * 1000000)::bigint", statement -> {}, row -> now(row));
    }

    private static Instant now(ResultSet row) throws SQLException {
        row.next();
        return Columns.time(row.getLong(1));
    }
}
