package dev.verbatim.postgres;

import java.sql.SQLException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which primary counts, when a database has several hosts and more than one says that it is the primary: the one of the
 * newest timeline this process has seen. The other one was replaced by a promotion and should have been stopped; what it is
 * given is lost. Thread-safe; one for all that use the same hosts.
 */
final class Primaries {
    private static final ConcurrentHashMap<String, Primaries> BY_HOSTS = new ConcurrentHashMap<>();

    private static final int HEX = 16;

    private String newest = "";

    private Primaries() {}

    /** The one for these hosts. */
    static Primaries of(DatabaseUrl url) {
        return BY_HOSTS.computeIfAbsent(url.shown(), shown -> new Primaries());
    }

    /** Whether nothing is known yet. */
    synchronized boolean isUnknown() {
        return newest.isEmpty();
    }

    /**
     * Takes note of a primary.
     *
     * @param database its system identifier and timeline, with a stroke between
     * @throws SQLException when it is one that was replaced
     */
    synchronized void check(String database) throws SQLException {
        if (system(database).equals(system(newest)) && timeline(database) < timeline(newest)) {
            throw new SQLException(
                    "a primary answers that was replaced by a promotion (timeline " + timeline(database) + ", "
                            + timeline(newest) + " was seen): stop it; if it is wanted again, stop the other one and"
                            + " restart this process",
                    "08001");
        }
        newest = database;
    }

    private static String system(String database) {
        return database.substring(0, Math.max(0, database.indexOf('/')));
    }

    private static long timeline(String database) {
        return Long.parseLong(database.substring(database.indexOf('/') + 1), HEX);
    }
}
