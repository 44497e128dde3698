package dev.verbatim.bench.process;

import dev.verbatim.ConversationKey;
import dev.verbatim.bench.rival.VerbatimRival;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.concurrent.TimeUnit;

/** Verbatim's entries in Redis, looked at and taken away from outside. Thread-safe. */
final class Entries implements AutoCloseable {
    private final RedisClient client;
    private final StatefulRedisConnection<String, String> connection;

    Entries(String url) {
        client = RedisClient.create(url);
        connection = client.connect();
    }

    private static String key(String conversation) {
        return "conversation:{"
                + ConversationKey.of(VerbatimRival.ownerOf(conversation), conversation)
                        .id() + "}";
    }

    void drop(String conversation) {
        connection.async().del(key(conversation)).toCompletableFuture().join();
    }

    /** How long the entry has to live, in milliseconds; negative when there is none. */
    long timeToLive(String conversation) {
        return connection.async().pttl(key(conversation)).toCompletableFuture().join();
    }

    @Override
    public void close() {
        connection.close();
        client.shutdown(0, 1, TimeUnit.SECONDS);
    }
}
