package dev.verbatim.server.doctor;

import dev.verbatim.InvalidInputException;
import dev.verbatim.redis.RedisAwayException;
import dev.verbatim.redis.RedisInspection;
import dev.verbatim.redis.RedisVitals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Whether Redis is as a cache should be. */
final class RedisChecks {
    private static final Duration NOW = Duration.ofSeconds(1);
    private static final int FEW = 100;
    private static final int MEBIBYTE = 1 << 20;

    private RedisChecks() {}

    static List<Finding> of(String url, String remedyWhenAway) throws InterruptedException {
        List<RedisVitals> before;
        List<RedisVitals> after;
        try (RedisInspection redis = new RedisInspection(url)) {
            before = redis.vitals();
            Thread.sleep(NOW);
            after = redis.vitals();
        } catch (RedisAwayException | InvalidInputException e) {
            return List.of(answers(false, reason(e), remedyWhenAway));
        }
        List<Finding> findings = new ArrayList<>();
        for (RedisVitals node : after) {
            findings.add(answers(true, name(node) + "version " + node.version(), remedyWhenAway));
            findings.add(limit(node));
            findings.add(policy(node));
        }
        findings.add(hits(before, after));
        return findings;
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure.getCause();
        return cause == null ? String.valueOf(failure.getMessage()) : failure.getMessage() + ": " + cause.getMessage();
    }

    private static String name(RedisVitals node) {
        return node.node().equals("redis") ? "" : node.node() + ", ";
    }

    private static Finding answers(boolean well, String found, String remedy) {
        return Finding.of(
                "Redis answers",
                well,
                found,
                "Reads of active conversations come from it; without it they come from PostgreSQL, right but slower.",
                remedy);
    }

    private static Finding limit(RedisVitals node) {
        return Finding.of(
                "Redis' memory is limited",
                node.maxMemory() > 0,
                name(node) + node.usedMemory() / MEBIBYTE + " MiB used of "
                        + (node.maxMemory() > 0 ? node.maxMemory() / MEBIBYTE + " MiB" : "no limit"),
                "Without a limit it grows until the machine has no memory left.",
                "Set maxmemory: CONFIG SET maxmemory 1gb, and in redis.conf.");
    }

    private static Finding policy(RedisVitals node) {
        return Finding.of(
                "Redis evicts what is used least",
                !node.policy().equals("noeviction"),
                name(node) + "maxmemory-policy " + node.policy(),
                "Nothing is lost by eviction; a Redis that is full and evicts nothing refuses new entries.",
                "Set maxmemory-policy: CONFIG SET maxmemory-policy allkeys-lru, and in redis.conf.");
    }

    private static Finding hits(List<RedisVitals> before, List<RedisVitals> after) {
        long hits = hits(after) - hits(before);
        long reads = hits + misses(after) - misses(before);
        boolean now = reads >= FEW;
        long allReads = hits(after) + misses(after);
        String found = now
                ? percent(hits, reads) + " of " + reads + " looks in the last second"
                : allReads == 0 ? "nobody has looked yet" : percent(hits(after), allReads) + " since Redis started";
        // Whoever imports or reads what is old looks in vain, and that is as it should be.
        boolean isShort = after.stream().anyMatch(node -> node.evicted() > 0);
        boolean mostMissed = now ? hits * 2 < reads : allReads >= FEW && hits(after) * 2 < allReads;
        return Finding.of(
                "most looks in Redis find an entry, or it has room",
                !(isShort && mostMissed),
                found,
                "A miss costs a read of PostgreSQL; many are bad when Redis has given entries up for want of memory.",
                "Give Redis more memory.");
    }

    private static long hits(List<RedisVitals> nodes) {
        return nodes.stream().mapToLong(RedisVitals::hits).sum();
    }

    private static long misses(List<RedisVitals> nodes) {
        return nodes.stream().mapToLong(RedisVitals::misses).sum();
    }

    private static String percent(long part, long all) {
        return String.format(Locale.ROOT, "%.1f %%", 100.0 * part / all);
    }
}
