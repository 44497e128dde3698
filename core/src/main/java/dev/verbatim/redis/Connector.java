package dev.verbatim.redis;

import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A way to Redis: one server, one behind sentinels, or a cluster. What connects does not matter to the rest. */
interface Connector extends AutoCloseable {
    /**
     * A connection that connects again by itself once it was there.
     *
     * @param connection to be asked whether it is open, and closed
     * @param commands what it can do; those of a cluster are those of a single server as well
     * @param address where it leads
     */
    record Link(
            StatefulConnection<byte[], byte[]> connection,
            RedisClusterAsyncCommands<byte[], byte[]> commands,
            String address) {}

    /** Tries once to connect. */
    CompletionStage<Link> connect();

    /** The nodes that serve reads and writes, as far as is known. */
    Set<String> primaries(Link link);

    /** The one of them that {@code key} belongs to. */
    String node(Link link, byte[] key);

    /** The way to that node, and to no other: one that does not serve a key any more answers with an error. */
    CompletableFuture<StatefulRedisConnection<byte[], byte[]>> connection(Link link, String node);

    /** What goes that way. */
    default CompletableFuture<RedisClusterAsyncCommands<byte[], byte[]>> commands(Link link, String node) {
        return connection(link, node).thenApply(StatefulRedisConnection::async);
    }

    /** Asks Redis where its primaries are now; gives another link when this one leads elsewhere for good. */
    CompletionStage<Link> lookAgain(Link link);

    /** How long to wait between looks while nothing seems to be wrong. */
    Duration pauseBetweenLooks();

    /** Closes all connections and ends all threads. */
    @Override
    void close();
}
