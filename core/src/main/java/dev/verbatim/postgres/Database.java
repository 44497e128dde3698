package dev.verbatim.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import dev.verbatim.HistoryConfig;
import dev.verbatim.UnavailableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/** The pool of connections, and single statements on it. Thread-safe. */
final class Database implements AutoCloseable {
    private static final int READY_CONNECTIONS = 4;
    private static final String BY_KEY = "SELECT " + ByKey.SETTINGS + ";\n";
    private static final long SHORTEST_WAIT_MILLIS = 250;
    private static final long LONGEST_VALIDATION_MILLIS = 2_000;

    /** Puts a statement's parameters in. */
    interface Binder {
        void bind(PreparedStatement statement) throws SQLException;
    }

    private interface Once<T> {
        T run() throws SQLException;
    }

    /** Makes a result of all rows. */
    interface Reader<T> {
        T read(ResultSet rows) throws SQLException;
    }

    private final Connector connector;
    private final HikariDataSource pool;
    private final Duration timeout;
    private final int querySeconds;

    Database(Connector connector, HistoryConfig config) {
        this.connector = connector;
        this.timeout = config.databaseTimeout();
        this.querySeconds = (int) Math.max(1, config.databaseTimeout().toSeconds());
        HikariConfig settings = new HikariConfig();
        settings.setPoolName("verbatim");
        settings.setDataSource(connector.patient());
        // One is the change log's.
        int most = config.maxConnections() - 1;
        settings.setMaximumPoolSize(most);
        settings.setMinimumIdle(Math.min(READY_CONNECTIONS, most));
        long wait = Math.max(SHORTEST_WAIT_MILLIS, config.databaseTimeout().toMillis());
        settings.setConnectionTimeout(wait);
        settings.setValidationTimeout(Math.min(LONGEST_VALIDATION_MILLIS, wait));
        settings.setInitializationFailTimeout(-1);
        settings.setKeepaliveTime(Duration.ofMinutes(1).toMillis());
        this.pool = new HikariDataSource(settings);
    }

    /**
     * A connection out of the pool; the exception of a pool that has none says why. A server that has been away for a
     * while is not waited for: the pool goes on trying by itself.
     */
    Connection connection() throws SQLException {
        if (connector.isAwayForLong() && pool.getHikariPoolMXBean().getTotalConnections() == 0) {
            throw away(new SQLException("PostgreSQL is away", "08001"));
        }
        try {
            return pool.getConnection();
        } catch (SQLException e) {
            throw away(e);
        }
    }

    private SQLException away(SQLException e) {
        SQLException failure = connector.lastFailure();
        return failure == null ? e : new SQLException(SqlErrors.words(failure), failure.getSQLState(), failure);
    }

    /**
     * Runs one statement that only reads, by itself. A connection that turns out to be dead, as all are after a restart of
     * the server, is no reason to fail: another one is tried.
     */
    <T> T query(String sql, Binder binder, Reader<T> reader) {
        return retrying(() -> queryOnce(sql, binder, reader));
    }

    /** {@link #query}, of a statement that finds all its rows by their keys: it is planned once a connection. */
    <T> T queryByKey(String sql, Binder binder, Reader<T> reader) {
        return retrying(() -> {
            try (Connection connection = connection();
                    Query query = new Query(NamedStatements.prepare(connection, BY_KEY + sql), 1)) {
                query.statement().setQueryTimeout(querySeconds);
                binder.bind(query.statement());
                try (ResultSet rows = query.rows()) {
                    return reader.read(rows);
                }
            }
        });
    }

    private <T> T retrying(Once<T> query) {
        Attempts attempts = attempts();
        while (true) {
            try {
                return query.run();
            } catch (SQLException e) {
                if (!attempts.mayRetry(e)) {
                    throw SqlErrors.toHistory(e);
                }
            }
        }
    }

    /** For one call: it may meet every connection of the pool dead. */
    Attempts attempts() {
        return new Attempts(Deadline.in(timeout), pool.getMaximumPoolSize() + 1);
    }

    /** {@link #query} with one try, its errors as they are. */
    <T> T queryOnce(String sql, Binder binder, Reader<T> reader) throws SQLException {
        try (Connection connection = connection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setQueryTimeout(querySeconds);
            binder.bind(statement);
            try (ResultSet rows = statement.executeQuery()) {
                return reader.read(rows);
            }
        }
    }

    ConnectionsOpen connections() {
        HikariPoolMXBean now = pool.getHikariPoolMXBean();
        return new ConnectionsOpen(
                now.getActiveConnections(),
                now.getIdleConnections(),
                pool.getMaximumPoolSize(),
                now.getThreadsAwaitingConnection());
    }

    /** Gives the connections up as they become free. */
    void reconnect() {
        pool.getHikariPoolMXBean().softEvictConnections();
    }

    /** Whether PostgreSQL answers. */
    boolean reachable() {
        try {
            return query("SELECT 1", statement -> {}, ResultSet::next);
        } catch (UnavailableException e) {
            return false;
        }
    }

    @Override
    public void close() {
        connector.close();
        pool.close();
    }
}
