package dev.verbatim.redis;

import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Looks at the Redis of a URL, as somebody who looks for a fault. Not thread-safe. */
public final class RedisInspection implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Connector connector;
    private final Connector.Link link;

    /**
     * Connects.
     *
     * @throws dev.verbatim.InvalidInputException when {@code redisUrl} is none
     * @throws RedisAwayException when Redis does not answer
     */
    public RedisInspection(String redisUrl) {
        connector = RedisUrl.parse(redisUrl).connector(() -> {});
        try {
            link = await(connector.connect());
        } catch (RuntimeException e) {
            connector.close();
            throw e;
        }
    }

    /**
     * Of each primary, by their names.
     *
     * @throws RedisAwayException when one does not answer
     */
    public List<RedisVitals> vitals() {
        return connector.primaries(link).stream()
                .sorted(Comparator.naturalOrder())
                .map(this::vitals)
                .toList();
    }

    private RedisVitals vitals(String node) {
        RedisClusterAsyncCommands<byte[], byte[]> redis = await(connector.commands(link, node));
        Map<String, String> info = fields(await(redis.info()));
        return new RedisVitals(
                node,
                info.getOrDefault("redis_version", "?"),
                number(info, "used_memory"),
                number(info, "maxmemory"),
                info.getOrDefault("maxmemory_policy", "?"),
                number(info, "keyspace_hits"),
                number(info, "keyspace_misses"),
                number(info, "evicted_keys"));
    }

    private static Map<String, String> fields(String info) {
        Map<String, String> fields = new HashMap<>();
        info.lines().forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0) {
                fields.put(line.substring(0, colon), line.substring(colon + 1).strip());
            }
        });
        return fields;
    }

    private static long number(Map<String, String> info, String field) {
        try {
            return Long.parseLong(info.getOrDefault(field, "0"));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static <T> T await(CompletionStage<T> sent) {
        return Answers.await(sent.toCompletableFuture(), System.nanoTime() + PATIENCE.toNanos());
    }

    @Override
    public void close() {
        connector.close();
    }
}
