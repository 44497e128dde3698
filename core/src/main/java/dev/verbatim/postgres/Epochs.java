package dev.verbatim.postgres;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cache's epoch: a random number beside what it was made for. Replacing it makes every entry in Redis a miss. Each
 * method is one transaction, whose row lock makes servers that find the same thing at once replace it once; when it fails
 * the connection is to be closed.
 */
final class Epochs {
    private static final Logger LOG = LoggerFactory.getLogger(Epochs.class);

    /** Whether the row was written here; if not, it comes out of a dump, and so does its epoch. */
    private static final String WRITTEN_HERE = "coalesce(cache_epoch.xmin = cache_epoch.written::xid, false)";

    /** The database the epoch was made for; none when that is not known. */
    static final String FOUNDED = "CASE WHEN " + WRITTEN_HERE + " THEN cache_epoch.database END";

    private static final String HOLD =
            "SELECT epoch, database, " + WRITTEN_HERE + " AS written_here FROM cache_epoch FOR UPDATE";

    private static final SecureRandom RANDOM = new SecureRandom();

    private Epochs() {}

    /** Makes the epoch one of {@code database}, if it is not. Change rows of another system have its numbers: they go. */
    static long found(Connection connection, String database) throws SQLException {
        return inTransaction(connection, held -> {
            if (held.writtenHere() && database.equals(held.database())) {
                return held.epoch();
            }
            if (!held.database().isEmpty()) {
                LOG.warn(
                        "the database was restored, or is not the one the cache was filled from; the cache begins anew");
            }
            if (!system(database).equals(system(held.database()))) {
                execute(connection, "DELETE FROM change_log");
                execute(connection, "UPDATE change_log_drained SET position = '1:1:'");
            }
            execute(connection, "UPDATE cache_epoch SET database = ?", database);
            return replace(connection);
        });
    }

    private static String system(String database) {
        return database.substring(0, Math.max(0, database.indexOf('/')));
    }

    /**
     * Makes the epoch one of these Redis processes, by node, if it is not. Does nothing, and returns nothing, when others than
     * those the caller knew have been registered: then one of the two is behind.
     */
    static OptionalLong register(Connection connection, Map<String, String> processes, Map<String, String> known)
            throws SQLException {
        return inTransaction(connection, held -> {
            Map<String, String> registered = registered(connection);
            if (registered.equals(processes)) {
                return OptionalLong.of(held.epoch());
            }
            if (!known.isEmpty() && !known.equals(registered)) {
                return OptionalLong.empty();
            }
            if (!registered.isEmpty()) {
                LOG.warn("a Redis process is not the one the cache was filled in; the cache begins anew");
            }
            replaceRegistered(connection, processes);
            return OptionalLong.of(replace(connection));
        });
    }

    private static void replaceRegistered(Connection connection, Map<String, String> processes) throws SQLException {
        execute(connection, "DELETE FROM cache_nodes");
        for (Map.Entry<String, String> process : processes.entrySet()) {
            execute(
                    connection,
                    "INSERT INTO cache_nodes (shard, run_id) VALUES (?, ?)",
                    process.getKey(),
                    process.getValue());
        }
    }

    /** Replaces the epoch. */
    static long raise(Connection connection) throws SQLException {
        return inTransaction(connection, held -> replace(connection));
    }

    /** Replaces the epoch, unless another server did so since it was {@code seen}; returns the one there is now. */
    static long replace(Connection connection, long seen) throws SQLException {
        return inTransaction(connection, held -> held.epoch() == seen ? replace(connection) : held.epoch());
    }

    /** Replaces the epoch within a transaction that is under way. */
    static long replace(Connection connection) throws SQLException {
        long epoch = RANDOM.nextLong();
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE cache_epoch SET epoch = ?, written = pg_current_xact_id()")) {
            update.setLong(1, epoch);
            update.executeUpdate();
        }
        return epoch;
    }

    private static Map<String, String> registered(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT shard, run_id FROM cache_nodes");
                ResultSet row = select.executeQuery()) {
            Map<String, String> nodes = new HashMap<>();
            while (row.next()) {
                nodes.put(row.getString(1), row.getString(2));
            }
            return nodes;
        }
    }

    private record Held(long epoch, String database, boolean writtenHere) {}

    private interface Step<T> {
        T run(Held held) throws SQLException;
    }

    private static <T> T inTransaction(Connection connection, Step<T> step) throws SQLException {
        connection.setAutoCommit(false);
        T result = step.run(hold(connection));
        connection.commit();
        connection.setAutoCommit(true);
        return result;
    }

    private static Held hold(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(HOLD);
                ResultSet row = select.executeQuery()) {
            row.next();
            String database = row.getString("database");
            return new Held(row.getLong("epoch"), database == null ? "" : database, row.getBoolean("written_here"));
        }
    }

    private static void execute(Connection connection, String sql, String... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }
}
