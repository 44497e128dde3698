package dev.verbatim.redis;

import dev.verbatim.ConversationKey;
import dev.verbatim.Message;
import dev.verbatim.testkit.RealServers;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** A real Redis without {@link RedisTail}, for a test to look at what is stored and to send single scripts. */
final class RawRedis implements AutoCloseable {
    static final String URL = RealServers.emptyRedis();
    static final long EPOCH = 0x0123456789abcdefL;

    private final RedisClient client = RedisClient.create(URL);
    private final StatefulRedisConnection<byte[], byte[]> connection = client.connect(ByteArrayCodec.INSTANCE);

    RedisCommands<byte[], byte[]> sync() {
        return connection.sync();
    }

    /** Sends one script and waits for its answer. */
    <T> T run(Function<RedisAsyncCommands<byte[], byte[]>, CompletionStage<T>> script) {
        return script.apply(connection.async()).toCompletableFuture().join();
    }

    static ConversationKey newKey() {
        return new ConversationKey(UUID.randomUUID(), UUID.randomUUID());
    }

    static byte[] identity(ConversationKey key) {
        return Header.identity(EPOCH, Names.fingerprint(key.owner()));
    }

    static Message message(long seq) {
        return message(seq, "said " + seq);
    }

    static Message message(long seq, String content) {
        String json = "{\"id\":\"m" + seq + "\",\"seq\":" + seq
                + ",\"created_at\":\"2026-01-01T00:00:00Z\",\"role\":\"user\",\"content\":\"" + content + "\"}";
        return Message.ofLine(seq, json.getBytes(StandardCharsets.UTF_8));
    }

    static List<Message> messages(long from, long to) {
        return LongStream.rangeClosed(from, to).mapToObj(RawRedis::message).toList();
    }

    /** The header that is stored, as text without its line end; null when there is no entry. */
    @Nullable
    String header(ConversationKey key) {
        byte[] value = sync().get(Names.key(key));
        return value == null ? null : new String(value, 0, Header.LENGTH - 1, StandardCharsets.US_ASCII);
    }

    /** What is stored after the header's identity and before its lease, numbers without padding. */
    @Nullable
    String state(ConversationKey key) {
        String header = header(key);
        if (header == null) {
            return null;
        }
        String[] fields = header.substring(37, 123).split(" ", -1);
        List<String> shown = new ArrayList<>();
        for (String field : fields) {
            shown.add(String.valueOf(Long.parseLong(field)));
        }
        return String.join(" ", shown);
    }

    /** The lines that are stored, as they are. */
    List<String> lines(ConversationKey key) {
        String value = new String(sync().get(Names.key(key)), StandardCharsets.UTF_8);
        return value.substring(Header.LENGTH).lines().toList();
    }

    static List<String> json(List<Message> messages) {
        return messages.stream().map(Message::json).toList();
    }

    @Override
    public void close() {
        connection.close();
        client.shutdown();
    }
}
