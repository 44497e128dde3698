package dev.verbatim.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.api.StatefulConnection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The connections that entries come over. Only their coming and going matters: Lettuce makes others as well, for a moment, to
 * ask where the nodes are. Thread-safe.
 */
final class ConnectionsInUse implements RedisConnectionStateListener {
    private final Set<Object> connections = ConcurrentHashMap.newKeySet();
    private final Runnable change;

    ConnectionsInUse(Runnable change) {
        this.change = change;
    }

    /** To be called before each use: one that connected since the last time is a change. */
    <C extends StatefulConnection<byte[], byte[]>> C use(C connection) {
        if (!connections.contains(connection) && connections.add(connection)) {
            change.run();
        }
        return connection;
    }

    @Override
    public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
        if (connections.remove(connection)) {
            change.run();
        }
    }
}
