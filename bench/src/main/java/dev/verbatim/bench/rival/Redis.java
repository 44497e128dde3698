package dev.verbatim.bench.rival;

import io.lettuce.core.RedisClient;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One Lettuce connection that all callers share, as Lettuce's documentation advises; bytes in, bytes out. */
final class Redis implements AutoCloseable {
    private static final SetArgs HOUR = SetArgs.Builder.ex(3_600);

    private final RedisClient client;
    private final StatefulRedisConnection<byte[], byte[]> connection;

    Redis(String url) {
        client = RedisClient.create(url);
        connection = client.connect(ByteArrayCodec.INSTANCE);
    }

    byte @Nullable [] get(String key) {
        return connection.async().get(bytes(key)).toCompletableFuture().join();
    }

    /** Keeps it for an hour. */
    void set(String key, byte[] value) {
        connection.async().set(bytes(key), value, HOUR).toCompletableFuture().join();
    }

    private static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        connection.close();
        client.shutdown(0, 1, TimeUnit.SECONDS);
    }
}
