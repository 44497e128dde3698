package dev.verbatim.redis;

import dev.verbatim.Commit;
import dev.verbatim.ConversationKey;
import dev.verbatim.HistoryConfig;
import dev.verbatim.Message;
import dev.verbatim.redis.ScriptCall.Script;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Runs a script on a real Redis, on an entry that is put there for it, with the arguments that the product's own classes
 * give; the text of the script may be a mutant's. For one thread.
 */
public final class ScriptBench implements AutoCloseable {
    /** Small, so that entries are cut. */
    public static final int WINDOW = 2;

    private static final ConversationKey KEY = new ConversationKey(new UUID(1, 2), new UUID(3, 4));
    private static final byte[] NAME = Names.key(KEY);
    private static final long FINGERPRINT = Names.fingerprint(KEY.owner());
    private static final long LEASE_MILLIS = Duration.ofHours(1).toMillis();

    /**
     * What a script did.
     *
     * @param reply its answer; of {@code lease} whether it was given, as 1 or 0
     * @param entry the entry after it
     */
    public record Result(long reply, String entry) {}

    private final RedisClient client = RedisClient.create(RawRedis.URL);
    private final StatefulRedisConnection<byte[], byte[]> connection = client.connect(ByteArrayCodec.INSTANCE);
    private final RedisAsyncCommands<byte[], byte[]> redis = connection.async();
    private final Map<Script, String> digests = new EnumMap<>(Script.class);

    private final LeaseScript lease;
    private final FillScript fill;
    private final ApplyScript apply;
    private final NoteScript note = new NoteScript();

    public ScriptBench(ScriptTexts texts) {
        EntryLimits limits = new EntryLimits(
                HistoryConfig.of("postgresql://unused", RawRedis.URL).withWindowMessages(WINDOW));
        lease = new LeaseScript(limits);
        fill = new FillScript(limits);
        apply = new ApplyScript(limits);
        texts.all()
                .forEach((script, text) -> digests.put(script, connection.sync().scriptLoad(text)));
        connection.setAutoFlushCommands(false);
    }

    /** Puts {@code entry} there, runs the script and takes what is there then: one round trip. */
    public Result run(String entry, ScriptCall call) {
        CompletionStage<?> put = entry.isEmpty()
                ? redis.del(NAME)
                : redis.set(NAME, entry.getBytes(StandardCharsets.UTF_8), SetArgs.Builder.px(LEASE_MILLIS));
        CompletionStage<Long> reply = reply(scripted(call.script()), call);
        RedisFuture<byte[]> after = redis.get(NAME);
        RedisFuture<Long> ttl = redis.pttl(NAME);
        connection.flushCommands();
        put.toCompletableFuture().join();
        long replied = reply.toCompletableFuture().join();
        byte @Nullable [] value = after.toCompletableFuture().join();
        if (value == null) {
            return new Result(replied, EntryText.ABSENT);
        }
        if (ttl.toCompletableFuture().join() <= 0) {
            throw new AssertionError(call + " leaves an entry that never expires");
        }
        return new Result(replied, EntryText.normalised(new String(value, StandardCharsets.UTF_8)));
    }

    private CompletionStage<Long> reply(RedisClusterAsyncCommands<byte[], byte[]> to, ScriptCall call) {
        byte[] identity = Header.identity(call.epoch(), FINGERPRINT);
        List<Message> lines = call.lines() ? messages(call.gen(), call.from(), call.to()) : List.of();
        return switch (call.script()) {
            case LEASE ->
                lease.run(to, NAME, identity, call.token(), LEASE_MILLIS)
                        .thenApply(header -> Header.isLeasedTo(header, call.token()) ? 1L : 0L);
            case FILL, STORE -> fill.run(to, NAME, identity, call.token(), call.gen(), call.to(), lines);
            case APPLY ->
                apply.run(to, NAME, identity, new Commit(KEY, call.epoch(), call.gen(), call.from(), call.to(), lines));
            case NOTE -> note.run(to, NAME, identity, call.gen(), call.to());
        };
    }

    /** Redis with this text of {@code script} for the product's. */
    @SuppressWarnings("unchecked")
    private RedisClusterAsyncCommands<byte[], byte[]> scripted(Script script) {
        return (RedisClusterAsyncCommands<byte[], byte[]>) Proxy.newProxyInstance(
                ScriptBench.class.getClassLoader(),
                new Class<?>[] {RedisClusterAsyncCommands.class},
                (proxy, method, arguments) -> redis.evalsha(
                        digests.get(script), (ScriptOutputType) arguments[1], (byte[][]) arguments[2], (byte[][])
                                arguments[3]));
    }

    /** The entry as a server that believes in {@code epoch} reads it; null when that is nothing. */
    public static @Nullable CachedTail read(String entry, int epoch) {
        byte[] value = entry.getBytes(StandardCharsets.UTF_8);
        Header header = Header.read(value, epoch, FINGERPRINT);
        return header == null ? null : new CachedTail(KEY, epoch, header, value);
    }

    /** What was said: other words in each generation. */
    public static List<Message> messages(int gen, long from, long to) {
        return LongStream.rangeClosed(from, to)
                .mapToObj(seq -> RawRedis.message(seq, "generation " + gen))
                .toList();
    }

    @Override
    public void close() {
        connection.setAutoFlushCommands(true);
        connection.sync().del(NAME);
        connection.close();
        client.shutdown();
    }
}
