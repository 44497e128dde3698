package dev.verbatim.postgres;

import dev.verbatim.insight.Fact;
import dev.verbatim.insight.Period;
import dev.verbatim.insight.Tally;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One transaction that brings the roll-ups further: adds some of the news, or counts some periods anew. One of all servers is
 * at it at a time, and one that is killed leaves nothing half done.
 */
final class RollupPass {
    /** The number of the lock, in SQL. */
    static final String LOCK = "hashtext('verbatim query_rollups')";

    private static final String LIMITS = "SET LOCAL statement_timeout = '60s'; SET LOCAL lock_timeout = '1s';"
            + " SET LOCAL idle_in_transaction_session_timeout = '60s'";

    private static final int MOST_NEWS = 20_000;

    /** More than that are written before others are begun: late logs may be of as many periods. */
    private static final int MOST_TALLIES = 20_000;

    /** What somebody else is deleting stays for the next time. */
    private static final String TAKE_NEWS = """
            DELETE FROM query_log_news WHERE ctid = ANY (ARRAY(
              SELECT ctid FROM query_log_news LIMIT %d FOR UPDATE SKIP LOCKED))
            RETURNING %s
            """.formatted(MOST_NEWS, FactRows.READ);

    private static final Period[] SHARED = {Period.HOUR, Period.DAY, Period.MONTH};
    private static final Period[] OWN = {Period.DAY, Period.MONTH};

    private final Connection connection;

    private RollupPass(Connection connection) {
        this.connection = connection;
    }

    /**
     * Runs one.
     *
     * @return whether there may be more to be done
     * @throws dev.verbatim.HistoryException when PostgreSQL did not do it
     */
    static boolean run(Database database) {
        try (Connection connection = database.connection()) {
            connection.setAutoCommit(false);
            try {
                boolean more = new RollupPass(connection).run();
                connection.commit();
                return more;
            } catch (SQLException | RuntimeException e) {
                rollBack(connection, e);
                throw e;
            }
        } catch (SQLException e) {
            throw SqlErrors.toHistory(e, PostgresInsights.HELD);
        }
    }

    private static void rollBack(Connection connection, Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private boolean run() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(LIMITS);
            try (ResultSet row = statement.executeQuery("SELECT pg_try_advisory_xact_lock(" + LOCK + ")")) {
                row.next();
                if (!row.getBoolean(1)) {
                    return false;
                }
            }
        }
        boolean news = addNews();
        boolean reads = ReadRollups.add(connection);
        boolean recounted = new Recount(connection).some();
        return news || reads || recounted;
    }

    private boolean addNews() throws SQLException {
        List<Fact> news = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(TAKE_NEWS)) {
            while (row.next()) {
                news.add(FactRows.fact(row));
            }
        }
        Map<RollupKey, Tally> shared = new HashMap<>();
        Map<RollupKey, Tally> own = new HashMap<>();
        for (Fact fact : news) {
            for (Period period : SHARED) {
                RollupKey.shared(fact, period, key -> tally(shared, key).add(fact));
            }
            addOwn(own, fact);
            if (shared.size() + own.size() > MOST_TALLIES) {
                write(shared, own);
            }
        }
        write(shared, own);
        return news.size() == MOST_NEWS;
    }

    private void write(Map<RollupKey, Tally> shared, Map<RollupKey, Tally> own) throws SQLException {
        RollupTable.SHARED.add(connection, shared);
        RollupTable.OF_USERS.add(connection, own);
        shared.clear();
        own.clear();
    }

    static void addOwn(Map<RollupKey, Tally> own, Fact fact) {
        for (Period period : OWN) {
            tally(own, RollupKey.own(fact, period)).add(fact);
        }
    }

    static Tally tally(Map<RollupKey, Tally> tallies, RollupKey key) {
        return tallies.computeIfAbsent(key, k -> new Tally());
    }
}
