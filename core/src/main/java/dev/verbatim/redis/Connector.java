package dev.verbatim.redis;

import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
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

    /** Closes all connections and ends all threads. */
    @Override
    void close();
}
