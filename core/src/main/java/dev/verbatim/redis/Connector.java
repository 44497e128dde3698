package dev.verbatim.redis;

import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** A way to Redis: one server, one behind sentinels, or a cluster. What connects does not matter to the rest. */
interface Connector extends AutoCloseable {
    /**
     * A connection that connects again by itself once it was there.
     *
     * @param connection to be asked whether it is open, and closed
     * @param commands what it can do; those of a cluster are those of a single server as well
     */
    record Link(StatefulConnection<byte[], byte[]> connection, RedisClusterAsyncCommands<byte[], byte[]> commands) {}

    /** Tries once to connect. */
    CompletionStage<Link> connect();

    /** Runs {@code change} at each connect and disconnect of any node from now on, before a command reaches the new one. */
    void onConnectOrDisconnect(Runnable change);

    /** Asks the primary of each shard for its {@code INFO server}; a shard is named by its lowest slot. */
    Map<String, CompletionStage<String>> servers(Link link);

    /** What the node is called that {@code key} belongs to. */
    String node(Link link, byte[] key);

    /** Closes all connections and ends all threads. */
    @Override
    void close();
}
