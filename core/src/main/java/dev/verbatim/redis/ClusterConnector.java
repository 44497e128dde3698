package dev.verbatim.redis;

import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode.NodeFlag;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Connects to a cluster. Each command goes to one node over that node's own connection, on which Lettuce follows no redirect:
 * what an answer says is known to be that node's.
 */
final class ClusterConnector implements Connector {
    private static final Duration PAUSE_BETWEEN_LOOKS = Duration.ofSeconds(10);
    private static final String NOBODY = "nobody";

    private final ClientResources resources = Lettuce.resources();
    private final RedisClusterClient client;
    private final ConnectionsInUse inUse;

    ClusterConnector(List<RedisURI> nodes, SslOptions tls, Runnable change) {
        client = RedisClusterClient.create(resources, nodes);
        ClusterClientOptions.Builder options = ClusterClientOptions.builder();
        Lettuce.set(options, tls);
        client.setOptions(options.build());
        inUse = new ConnectionsInUse(change);
        client.addListener(inUse);
    }

    @Override
    public CompletionStage<Link> connect() {
        return client.refreshPartitionsAsync()
                .thenCompose(known -> client.connectAsync(ByteArrayCodec.INSTANCE))
                .thenApply(connection -> new Link(connection, connection.async(), "cluster"));
    }

    @Override
    public Set<String> primaries(Link link) {
        Set<String> nodes = new HashSet<>();
        for (RedisClusterNode node : cluster(link).getPartitions()) {
            if (node.is(NodeFlag.UPSTREAM) && !node.hasNoSlots()) {
                nodes.add(node.getNodeId());
            }
        }
        return nodes;
    }

    @Override
    public String node(Link link, byte[] key) {
        RedisClusterNode node = cluster(link).getPartitions().getMasterBySlot(SlotHash.getSlot(key));
        return node == null ? NOBODY : node.getNodeId();
    }

    @Override
    public CompletableFuture<StatefulRedisConnection<byte[], byte[]>> connection(Link link, String node) {
        return cluster(link).getConnectionAsync(node).thenApply(inUse::use);
    }

    @Override
    public CompletionStage<Link> lookAgain(Link link) {
        return client.refreshPartitionsAsync().thenApply(refreshed -> link);
    }

    @Override
    public Duration pauseBetweenLooks() {
        return PAUSE_BETWEEN_LOOKS;
    }

    private static StatefulRedisClusterConnection<byte[], byte[]> cluster(Link link) {
        return (StatefulRedisClusterConnection<byte[], byte[]>) link.connection();
    }

    @Override
    public void close() {
        client.shutdown(0, 1, TimeUnit.SECONDS);
        Lettuce.close(resources);
    }
}
