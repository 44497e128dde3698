package dev.verbatim.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Connects to one server: always the same, or the one that sentinels name. */
final class ServerConnector implements Connector {
    private static final Duration PAUSE_BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final String NODE = "redis";

    private final ClientResources resources = Lettuce.resources();
    private final RedisClient client = RedisClient.create(resources);
    private final ConnectionsInUse inUse;
    private final Whereabouts whereabouts;

    ServerConnector(RedisURI uri, SslOptions tls, Runnable change) {
        ClientOptions.Builder options = ClientOptions.builder();
        Lettuce.set(options, tls);
        client.setOptions(options.build());
        inUse = new ConnectionsInUse(change);
        client.addListener(inUse);
        whereabouts =
                uri.getSentinels().isEmpty() ? () -> CompletableFuture.completedStage(uri) : new Sentinels(client, uri);
    }

    /** Where the server is. */
    interface Whereabouts {
        CompletionStage<RedisURI> server();
    }

    @Override
    public CompletionStage<Link> connect() {
        return whereabouts.server().thenCompose(this::connect);
    }

    private CompletionStage<Link> connect(RedisURI server) {
        return client.connectAsync(ByteArrayCodec.INSTANCE, server)
                .thenApply(connection -> new Link(connection, connection.async(), address(server)));
    }

    @Override
    public Set<String> primaries(Link link) {
        return Set.of(NODE);
    }

    @Override
    public String node(Link link, byte[] key) {
        return NODE;
    }

    @Override
    public CompletableFuture<StatefulRedisConnection<byte[], byte[]>> connection(Link link, String node) {
        StatefulRedisConnection<byte[], byte[]> connection =
                (StatefulRedisConnection<byte[], byte[]>) link.connection();
        return CompletableFuture.completedFuture(inUse.use(connection));
    }

    /** A server that was paused or cut off may still take itself for the primary, so its connection says nothing. */
    @Override
    public CompletionStage<Link> lookAgain(Link link) {
        return whereabouts
                .server()
                .thenCompose(server -> address(server).equals(link.address())
                        ? CompletableFuture.completedStage(link)
                        : connect(server));
    }

    @Override
    public Duration pauseBetweenLooks() {
        return PAUSE_BETWEEN_LOOKS;
    }

    private static String address(RedisURI server) {
        return server.getHost() + ":" + server.getPort();
    }

    @Override
    public void close() {
        client.shutdown(0, 1, TimeUnit.SECONDS);
        Lettuce.close(resources);
    }
}
