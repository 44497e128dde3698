package dev.verbatim.postgres;

import dev.verbatim.HistoryConfig;
import dev.verbatim.UnavailableException;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Opens connections to PostgreSQL. Nothing it sets needs a session: it works behind PgBouncer in transaction mode. */
final class Connector {
    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(Connector.class);
    private static final long RETRY_NANOS = Duration.ofMillis(200).toNanos();

    private static final long RESTART_NANOS = Duration.ofSeconds(2).toNanos();

    /** A server that does not even take the connection in this time is away. */
    private static final long LONGEST_CONNECT_SECONDS = 2;

    private final DatabaseUrl url;
    private final Properties properties;
    private final @Nullable Primaries primaries;
    private volatile boolean closed;
    private volatile @Nullable SQLException lastFailure;
    private volatile long failingSince;

    Connector(DatabaseUrl url, HistoryConfig config) {
        this.url = url;
        this.properties = new Properties();
        properties.putAll(url.login());
        properties.setProperty("ApplicationName", "verbatim");
        properties.setProperty("tcpKeepAlive", "true");
        // See NamedStatements.
        properties.setProperty("prepareThreshold", "0");
        long seconds = Math.max(1, config.databaseTimeout().toSeconds());
        properties.setProperty("connectTimeout", Long.toString(Math.min(LONGEST_CONNECT_SECONDS, seconds)));
        // Later than every timeout that the server keeps itself.
        properties.setProperty("socketTimeout", Long.toString(seconds + 2));
        boolean several = url.hosts().contains(",");
        if (several && !url.sets("targetServerType")) {
            properties.setProperty("targetServerType", "primary");
        }
        this.primaries = several ? Primaries.of(url) : null;
    }

    /** A new connection, or the reason why there is none. */
    Connection connect() throws SQLException {
        try {
            Connection connection = open();
            lastFailure = null;
            return connection;
        } catch (SQLException e) {
            if (lastFailure == null) {
                failingSince = System.nanoTime();
            }
            lastFailure = e;
            throw e;
        }
    }

    private Connection open() throws SQLException {
        Connection connection =
                primaries == null ? DriverManager.getConnection(url.jdbc(), properties) : toNewest(primaries);
        try {
            NamedStatements.allow(connection);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** The driver takes the first primary it finds. */
    private Connection toNewest(Primaries known) throws SQLException {
        if (!known.isUnknown()) {
            try {
                return checked(url.jdbc(), known);
            } catch (SQLException e) {
                LOG.debug("not the first primary that answers", e);
            }
        }
        return toNewestOfEach(known);
    }

    private Connection toNewestOfEach(Primaries known) throws SQLException {
        if (known.isUnknown()) {
            learn(known);
        }
        SQLException failure = null;
        for (String one : url.each()) {
            try {
                return checked(one, known);
            } catch (SQLException e) {
                failure = e;
            }
        }
        throw Objects.requireNonNull(failure);
    }

    /** Who starts asks every host, for it has seen no timeline yet. */
    private void learn(Primaries known) {
        for (String one : url.each()) {
            try {
                checked(one, known).close();
            } catch (SQLException e) {
                LOG.debug("no primary, or a replaced one", e);
            }
        }
    }

    private Connection checked(String jdbc, Primaries known) throws SQLException {
        Connection connection = DriverManager.getConnection(jdbc, properties);
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT " + ChangeStatements.DATABASE)) {
            row.next();
            known.check(row.getString(1));
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** Refuses what a connection says which database it is to, when that one was replaced. */
    void check(String database) throws SQLException {
        if (primaries != null) {
            primaries.check(database);
        }
    }

    /** Whether no connection could be opened for longer than a restart takes. */
    boolean isAwayForLong() {
        return lastFailure != null && System.nanoTime() - failingSince > RESTART_NANOS;
    }

    /** Why the last attempt failed, or null when it did not. */
    @Nullable
    SQLException lastFailure() {
        return lastFailure;
    }

    /** Ends {@link #patient}. */
    void close() {
        closed = true;
    }

    /** Connections as they are opened, for what runs once. */
    DataSource once() {
        return new Source(this::connect);
    }

    /**
     * Connections for the pool: tries on until there is one. The pool by itself would wait longer and longer between two
     * tries, and find a server that came back seconds too late.
     */
    DataSource patient() {
        return new Source(() -> {
            boolean first = true;
            while (true) {
                try {
                    return connect();
                } catch (SQLException e) {
                    if (closed || Thread.currentThread().isInterrupted()) {
                        throw e;
                    }
                    if (first) {
                        LOG.warn("{}; trying on", away(e).getMessage());
                        first = false;
                    }
                }
                LockSupport.parkNanos(this, RETRY_NANOS);
            }
        });
    }

    /** The exception for a server that cannot be reached. */
    UnavailableException away(SQLException e) {
        return new UnavailableException(
                "PostgreSQL at " + url.shown() + " cannot be reached: " + SqlErrors.reason(e), e);
    }

    private interface Opening {
        Connection open() throws SQLException;
    }

    private record Source(Opening opening) implements DataSource {
        @Override
        public Connection getConnection() throws SQLException {
            return opening.open();
        }

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            throw new SQLFeatureNotSupportedException("the URL says who logs in");
        }

        @Override
        public @Nullable PrintWriter getLogWriter() {
            return null;
        }

        @Override
        public void setLogWriter(@Nullable PrintWriter out) {}

        @Override
        public void setLoginTimeout(int seconds) {}

        /** How long the pool waits at its end for a connection being opened. */
        @Override
        public int getLoginTimeout() {
            return (int) LONGEST_CONNECT_SECONDS;
        }

        @Override
        public Logger getParentLogger() throws SQLFeatureNotSupportedException {
            throw new SQLFeatureNotSupportedException();
        }

        @Override
        public <T> T unwrap(Class<T> type) throws SQLException {
            throw new SQLException("wraps nothing");
        }

        @Override
        public boolean isWrapperFor(Class<?> type) {
            return false;
        }
    }
}
