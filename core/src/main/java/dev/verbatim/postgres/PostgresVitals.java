package dev.verbatim.postgres;

import java.time.Duration;
import java.util.List;

/**
 * What a PostgreSQL server says of itself, as somebody who looks for a fault wants to know it.
 *
 * @param version such as {@code 18.1}
 * @param versionNumber such as {@code 180001}
 * @param clockAhead how far its clock is ahead of this machine's; negative when it is behind
 * @param fsync whether commits reach the disk
 * @param synchronousCommit {@code synchronous_commit} as new connections have it
 * @param connections how many are open
 * @param connectionLimit how many ordinary users may open
 * @param oldestTransaction how long the oldest one is open, in this database
 * @param slowest the slowest statements of this user in this database, slowest first
 * @param statistics whether {@code slowest} are of all that {@code pg_stat_statements} saw; else they are those running now
 */
public record PostgresVitals(
        String version,
        int versionNumber,
        Duration clockAhead,
        boolean fsync,
        String synchronousCommit,
        int connections,
        int connectionLimit,
        Duration oldestTransaction,
        List<Statement> slowest,
        boolean statistics) {
    /** The oldest version that keeps what is promised. */
    public static final int OLDEST_VERSION = ServerCheck.OLDEST_VERSION;

    public PostgresVitals {
        slowest = List.copyOf(slowest);
    }

    /**
     * A statement and how long it takes: the mean, or so far.
     *
     * @param text the beginning of it, on one line, without the values of its parameters
     */
    public record Statement(String text, Duration time) {}
}
