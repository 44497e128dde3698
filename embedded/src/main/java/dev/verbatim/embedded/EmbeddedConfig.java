package dev.verbatim.embedded;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What to start, where, and how long to wait.
 *
 * @param dataDirectory everything the servers keep lies in it; made if it does not exist. One process at a time owns it
 * @param postgres whether to start PostgreSQL
 * @param redis whether to start Redis
 * @param redisMegabytes memory Redis may use for data before it drops the keys used least recently, in MiB
 * @param startLimit how long a server may take to be ready, recovery after a crash included
 * @param stopLimit how long a server may take to stop in order before it is made to
 */
public record EmbeddedConfig(
        Path dataDirectory,
        boolean postgres,
        boolean redis,
        int redisMegabytes,
        Duration startLimit,
        Duration stopLimit) {

    /** @throws IllegalArgumentException when there is nothing to start, or a size or limit is not positive */
    public EmbeddedConfig {
        dataDirectory = dataDirectory.toAbsolutePath().normalize();
        if (!postgres && !redis) {
            throw new IllegalArgumentException("Neither PostgreSQL nor Redis is to be started: choose at least one");
        }
        if (redisMegabytes < 1) {
            throw new IllegalArgumentException("redisMegabytes must be at least 1, not " + redisMegabytes);
        }
        checkPositive("startLimit", startLimit);
        checkPositive("stopLimit", stopLimit);
    }

    /** Both servers with the usual limits. */
    public static EmbeddedConfig of(Path dataDirectory) {
        return of(dataDirectory, true, true);
    }

    /** The servers chosen, with the usual limits. */
    public static EmbeddedConfig of(Path dataDirectory, boolean postgres, boolean redis) {
        return new EmbeddedConfig(dataDirectory, postgres, redis, 256, Duration.ofMinutes(2), Duration.ofSeconds(10));
    }

    private static void checkPositive(String name, Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(name + " must be longer than nothing, not " + duration);
        }
    }
}
