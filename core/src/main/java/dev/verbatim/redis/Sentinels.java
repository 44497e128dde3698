package dev.verbatim.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.sentinel.api.StatefulRedisSentinelConnection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Asks all sentinels where the primary is and believes the one that knows of the latest failover: one that is cut off may
 * name an old one. Thread-safe.
 */
final class Sentinels implements ServerConnector.Whereabouts {
    private final RedisClient client;
    private final RedisURI uri;
    private final Map<RedisURI, CompletableFuture<StatefulRedisSentinelConnection<String, String>>> connections =
            new ConcurrentHashMap<>();

    /** Those named in {@code uri}; its name and password, if any, are the servers'. */
    Sentinels(RedisClient client, RedisURI uri) {
        this.client = client;
        this.uri = uri;
    }

    @Override
    public CompletionStage<RedisURI> server() {
        List<CompletableFuture<Map<String, String>>> asked = new ArrayList<>();
        uri.getSentinels().forEach(sentinel -> asked.add(ask(sentinel)));
        return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new)).thenApply(all -> newest(asked));
    }

    /** What it says; nothing when it does not answer. */
    private CompletableFuture<Map<String, String>> ask(RedisURI sentinel) {
        CompletableFuture<StatefulRedisSentinelConnection<String, String>> there =
                connections.computeIfAbsent(sentinel, this::connect);
        return there.thenCompose(connection -> connection.async().master(uri.getSentinelMasterId()))
                .orTimeout(Lettuce.CONNECT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(failure -> {
                    if (there.isCompletedExceptionally()) {
                        connections.remove(sentinel, there);
                    }
                    return Map.of();
                });
    }

    private CompletableFuture<StatefulRedisSentinelConnection<String, String>> connect(RedisURI sentinel) {
        return client.connectSentinelAsync(StringCodec.UTF8, sentinel).toCompletableFuture();
    }

    private RedisURI newest(List<CompletableFuture<Map<String, String>>> asked) {
        Map<String, String> newest = asked.stream()
                .map(CompletableFuture::join)
                .filter(answer -> answer.containsKey("ip"))
                .max(Comparator.comparingLong(Sentinels::failovers))
                .orElseThrow(() -> new RedisAwayException("no sentinel says where Redis is", null));
        RedisURI server = RedisURI.create(
                Objects.requireNonNull(newest.get("ip")), Integer.parseInt(Objects.requireNonNull(newest.get("port"))));
        server.applySsl(uri);
        server.applyAuthentication(uri);
        server.setDatabase(uri.getDatabase());
        server.setTimeout(Lettuce.CONNECT_TIMEOUT);
        return server;
    }

    private static long failovers(Map<String, String> answer) {
        return Long.parseLong(answer.getOrDefault("config-epoch", "0"));
    }
}
