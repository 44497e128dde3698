package dev.verbatim.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode.NodeFlag;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Connects with Lettuce. */
final class LettuceConnector implements Connector {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration RECONNECT_DELAY = Duration.ofMillis(100);

    /** More than this many commands waiting for a Redis that does not answer are refused, not heaped up. */
    private static final int MAX_WAITING = 16_384;

    private final ClientResources resources;
    private final AbstractRedisClient client;
    private final Supplier<CompletionStage<Link>> attempt;

    LettuceConnector(RedisUrl url) {
        SslOptions tls = tls(url);
        resources = ClientResources.builder()
                .reconnectDelay(Delay.constant(RECONNECT_DELAY))
                .build();
        url.nodes().forEach(node -> node.setTimeout(CONNECT_TIMEOUT));
        if (url.isCluster()) {
            RedisClusterClient cluster = RedisClusterClient.create(resources, url.nodes());
            cluster.setOptions(clusterOptions(tls));
            attempt = () -> cluster.refreshPartitionsAsync()
                    .thenCompose(known -> cluster.connectAsync(ByteArrayCodec.INSTANCE))
                    .thenApply(c -> new Link(c, c.async()));
            client = cluster;
        } else {
            RedisClient single = RedisClient.create(resources);
            single.setOptions(options(ClientOptions.builder(), tls).build());
            attempt = () -> single.connectAsync(
                            ByteArrayCodec.INSTANCE, url.nodes().getFirst())
                    .thenApply(c -> new Link(c, c.async()));
            client = single;
        }
    }

    @Override
    public void onConnectOrDisconnect(Runnable change) {
        client.addListener(new RedisConnectionStateListener() {
            @Override
            public void onRedisConnected(RedisChannelHandler<?, ?> connection, SocketAddress address) {
                change.run();
            }

            @Override
            public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
                change.run();
            }
        });
    }

    @Override
    public String node(Link link, byte[] key) {
        if (link.connection() instanceof StatefulRedisClusterConnection<byte[], byte[]> cluster) {
            RedisClusterNode node = cluster.getPartitions().getPartitionBySlot(SlotHash.getSlot(key));
            return node == null ? "unknown" : node.getNodeId();
        }
        return "redis";
    }

    @Override
    public Map<String, CompletionStage<String>> servers(Link link) {
        if (!(link.connection() instanceof StatefulRedisClusterConnection<byte[], byte[]> cluster)) {
            return Map.of("0", link.commands().info("server"));
        }
        Map<String, CompletionStage<String>> servers = new HashMap<>();
        for (RedisClusterNode node : cluster.getPartitions()) {
            if (node.is(NodeFlag.UPSTREAM) && !node.hasNoSlots()) {
                servers.put(
                        Collections.min(node.getSlots()).toString(),
                        cluster.getConnectionAsync(node.getNodeId())
                                .thenCompose(primary -> primary.async().info("server")));
            }
        }
        return servers;
    }

    @Override
    public CompletionStage<Link> connect() {
        return attempt.get();
    }

    /** Nothing waits for a connection and nothing is sent again over a new one: nobody knows what that one holds. */
    private static ClientOptions.Builder options(ClientOptions.Builder builder, SslOptions tls) {
        return builder.sslOptions(tls)
                .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                .replayFilter(command -> true)
                .requestQueueSize(MAX_WAITING)
                .maintNotificationsConfig(MaintNotificationsConfig.disabled())
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(CONNECT_TIMEOUT)
                        .keepAlive(true)
                        .build());
    }

    private static SslOptions tls(RedisUrl url) {
        SslOptions.Builder builder = SslOptions.builder().handshakeTimeout(CONNECT_TIMEOUT);
        return (url.ca() == null ? builder : builder.trustManager(RedisCa.trust(url.ca()))).build();
    }

    private static ClusterClientOptions clusterOptions(SslOptions tls) {
        ClusterClientOptions.Builder builder = ClusterClientOptions.builder();
        options(builder, tls);
        return builder.topologyRefreshOptions(ClusterTopologyRefreshOptions.builder()
                        .adaptiveRefreshTriggersTimeout(RECONNECT_DELAY)
                        .enablePeriodicRefresh(Duration.ofSeconds(10))
                        .build())
                .build();
    }

    @Override
    public void close() {
        client.shutdown(0, 1, TimeUnit.SECONDS);
        resources.shutdown(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(1, TimeUnit.SECONDS);
    }
}
