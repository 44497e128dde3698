package dev.verbatim;

import java.time.Duration;
import java.util.Objects;

/**
 * The settings of a {@link HybridHistoryStore}; the same for the library and the service. Immutable.
 *
 * @param databaseUrl {@code postgresql://user:password@host:port/database?…} or {@code jdbc:postgresql://…}; several
 *     hosts allowed
 * @param redisUrl {@code redis://}, {@code rediss://}, {@code redis-sentinel://}, or a comma list of cluster nodes
 * @param redisTtl how long Redis keeps a conversation that nobody reads or writes
 * @param windowMessages how many of a conversation's newest messages Redis keeps, 1 to 1,000
 * @param maxConnections how many connections to PostgreSQL one store opens at most, 4 or more
 * @param lanes how many group commits one store runs side by side, 1 to 16
 * @param redisTimeout how long a read waits for Redis at most; an append waits five times as long
 * @param databaseTimeout how long a call waits for PostgreSQL at most
 * @param lockTimeout how long an append waits for a conversation that somebody else holds
 * @param retentionDays after so many days without activity a conversation is deleted; 0: never
 */
public record HistoryConfig(
        String databaseUrl,
        String redisUrl,
        Duration redisTtl,
        int windowMessages,
        int maxConnections,
        int lanes,
        Duration redisTimeout,
        Duration databaseTimeout,
        Duration lockTimeout,
        int retentionDays) {

    /** The longest {@link #retentionDays}. */
    public static final int MOST_RETENTION_DAYS = 36_500;

    /**
     * Checks the ranges.
     *
     * @throws InvalidInputException when a value is out of its range; the message says which and what is allowed
     */
    public HistoryConfig {
        Objects.requireNonNull(databaseUrl, "databaseUrl");
        Objects.requireNonNull(redisUrl, "redisUrl");
        check("redisTtl", !redisTtl.minusSeconds(1).isNegative(), "must be 1 second or more");
        check("windowMessages", windowMessages >= 1 && windowMessages <= Slice.MAX_LIMIT, "must be 1 to 1000");
        check("maxConnections", maxConnections >= 4, "must be 4 or more");
        check("lanes", lanes >= 1 && lanes <= 16, "must be 1 to 16");
        check("redisTimeout", positive(redisTimeout), "must be more than nothing");
        check("databaseTimeout", positive(databaseTimeout), "must be more than nothing");
        check("lockTimeout", positive(lockTimeout), "must be more than nothing");
        check("retentionDays", retentionDays >= 0 && retentionDays <= MOST_RETENTION_DAYS, "must be 0 to 36500");
    }

    /** The default settings for these two servers. */
    public static HistoryConfig of(String databaseUrl, String redisUrl) {
        return new HistoryConfig(
                databaseUrl,
                redisUrl,
                Duration.ofHours(1),
                20,
                16,
                2,
                Duration.ofMillis(50),
                Duration.ofSeconds(10),
                Duration.ofSeconds(5),
                0);
    }

    /** This with another {@link #redisTtl}. */
    public HistoryConfig withRedisTtl(Duration ttl) {
        return new HistoryConfig(
                databaseUrl,
                redisUrl,
                ttl,
                windowMessages,
                maxConnections,
                lanes,
                redisTimeout,
                databaseTimeout,
                lockTimeout,
                retentionDays);
    }

    /** This with another {@link #windowMessages}. */
    public HistoryConfig withWindowMessages(int messages) {
        return new HistoryConfig(
                databaseUrl,
                redisUrl,
                redisTtl,
                messages,
                maxConnections,
                lanes,
                redisTimeout,
                databaseTimeout,
                lockTimeout,
                retentionDays);
    }

    /** This with another {@link #redisTimeout}. */
    public HistoryConfig withRedisTimeout(Duration timeout) {
        return new HistoryConfig(
                databaseUrl,
                redisUrl,
                redisTtl,
                windowMessages,
                maxConnections,
                lanes,
                timeout,
                databaseTimeout,
                lockTimeout,
                retentionDays);
    }

    /** This with another {@link #databaseTimeout} and {@link #lockTimeout}. */
    public HistoryConfig withDatabaseTimeouts(Duration database, Duration lock) {
        return new HistoryConfig(
                databaseUrl,
                redisUrl,
                redisTtl,
                windowMessages,
                maxConnections,
                lanes,
                redisTimeout,
                database,
                lock,
                retentionDays);
    }

    /** This with another {@link #retentionDays}. */
    public HistoryConfig withRetentionDays(int days) {
        return new HistoryConfig(
                databaseUrl,
                redisUrl,
                redisTtl,
                windowMessages,
                maxConnections,
                lanes,
                redisTimeout,
                databaseTimeout,
                lockTimeout,
                days);
    }

    /** Without the URLs, which may hold passwords. */
    @Override
    public String toString() {
        return "HistoryConfig[redisTtl=" + redisTtl + ", windowMessages=" + windowMessages + ", maxConnections="
                + maxConnections + ", lanes=" + lanes + ", retentionDays=" + retentionDays + "]";
    }

    private static boolean positive(Duration duration) {
        return !duration.isZero() && !duration.isNegative();
    }

    private static void check(String name, boolean holds, String message) {
        if (!holds) {
            throw new InvalidInputException(name, name + " " + message);
        }
    }
}
