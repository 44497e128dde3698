package dev.verbatim.redis;

/**
 * What a primary of Redis says of itself (the command {@code INFO}).
 *
 * @param node which one
 * @param version such as {@code 8.2.1}
 * @param usedMemory in bytes
 * @param maxMemory how much it may use, in bytes; 0 when nothing limits it
 * @param policy what it does when that is full, {@code maxmemory_policy}
 * @param hits how many reads found their key since it started
 * @param misses how many did not
 * @param evicted how many entries it gave up for want of memory since it started
 */
public record RedisVitals(
        String node,
        String version,
        long usedMemory,
        long maxMemory,
        String policy,
        long hits,
        long misses,
        long evicted) {}
