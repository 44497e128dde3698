package dev.verbatim.redis;

import dev.verbatim.Change;
import dev.verbatim.Commit;
import dev.verbatim.ConversationKey;
import dev.verbatim.HistoryConfig;
import dev.verbatim.Message;
import io.lettuce.core.GetExArgs;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The recent end of each conversation in Redis. Every call waits at most {@code redisTimeout} and throws
 * {@link RedisAwayException} when Redis did not confirm by then. Which entry may be served and in which order Redis and
 * PostgreSQL are asked is not decided here. Thread-safe.
 */
public final class RedisTail implements AutoCloseable {
    /** One read of so many renews the time to live. */
    private static final int READS_A_RENEWAL = 16;

    private final Connection connection;
    private final LongSupplier epoch;
    private final GetExArgs renewal;
    private final LeaseScript lease;
    private final FillScript fill;
    private final ApplyScript apply;
    private final NoteScript note;

    private RedisTail(Connection connection, EntryLimits limits, LongSupplier epoch) {
        this.connection = connection;
        this.epoch = epoch;
        renewal = GetExArgs.Builder.px(limits.ttlMillis());
        lease = new LeaseScript(limits);
        fill = new FillScript(limits);
        apply = new ApplyScript(limits);
        note = new NoteScript();
    }

    /**
     * Goes to the Redis of {@code config}. One that is away is no error: it is tried again in the background, and holds
     * this call up for two seconds at most.
     *
     * @param epoch the current epoch, asked for at every call; entries of another are as if absent
     * @throws dev.verbatim.InvalidInputException when {@code redisUrl} is none
     */
    public static RedisTail connect(HistoryConfig config, LongSupplier epoch) {
        Connector connector = new LettuceConnector(RedisUrl.parse(config.redisUrl()));
        return new RedisTail(Connection.open(connector, config.redisTimeout()), new EntryLimits(config), epoch);
    }

    /**
     * What Redis holds of a conversation, or null when that is nothing of this epoch and owner.
     *
     * @throws RedisAwayException also when it is not known whether this is the Redis the epoch was made for
     */
    public @Nullable CachedTail read(ConversationKey key) {
        long connects = connection.connects();
        connection.checkTrusted();
        CachedTail cached = peek(key);
        if (connection.connects() != connects) {
            throw new RedisAwayException("another Redis may have answered", null);
        }
        return cached;
    }

    /** As {@link #read}, from whatever Redis this is: the entry may be an old one. */
    public @Nullable CachedTail peek(ConversationKey key) {
        long current = epoch.getAsLong();
        byte[] name = Names.key(key);
        boolean renews = ThreadLocalRandom.current().nextInt(READS_A_RENEWAL) == 0;
        byte @Nullable [] value = connection.<byte @Nullable []>call(
                name, redis -> renews ? redis.getex(name, renewal) : redis.get(name));
        if (value == null) {
            return null;
        }
        Header header = Header.read(value, current, Names.fingerprint(key.owner()));
        return header == null ? null : new CachedTail(key, current, header, value);
    }

    /**
     * Asks for the right to fill a conversation's entry; makes the entry if there is none of this epoch and owner.
     *
     * @param token 64 random bits of this attempt alone, not zero
     * @param validity how long the right holds, at least a millisecond: longer than it takes to read PostgreSQL
     */
    public Lease lease(ConversationKey key, long token, Duration validity) {
        checkToken(token);
        long current = epoch.getAsLong();
        long millis = Math.max(1, validity.toMillis());
        byte[] name = Names.key(key);
        byte[] value = connection.call(name, redis -> lease.run(redis, name, identity(key, current), token, millis));
        Header header = Header.read(value, current, Names.fingerprint(key.owner()));
        if (header == null) {
            throw new RedisAwayException("the cached entry of conversation " + key.id() + " is damaged", null);
        }
        boolean granted = Header.isLeasedTo(value, token);
        return new Lease(granted, header.hasData(), header.gen(), header.lo(), header.hi());
    }

    /**
     * Stores what was read from PostgreSQL under a lease, and ends the lease. Of the lines the newest are kept: as many
     * as a window has and as fit into an entry.
     *
     * @param epochRead the epoch as it was read together with the lines
     * @param token the lease's
     * @param gen the conversation's generation
     * @param lo the first line's number, {@code hi + 1} when there is none; lines that directly follow those cached in
     *     this generation are added to them
     * @param hi the conversation's newest number
     * @param lines the messages {@code lo..hi}
     * @return whether the entry holds them now; not when the lease was lost or the generation is a past one
     */
    public boolean fill(
            long epochRead, ConversationKey key, long token, long gen, long lo, long hi, List<Message> lines) {
        checkToken(token);
        if (lo < 1 || !Lines.areRun(lines, lo, hi)) {
            throw new IllegalArgumentException("the lines are not those from " + lo + " to " + hi);
        }
        byte[] identity = identity(key, epochRead);
        byte[] name = Names.key(key);
        return connection.call(name, redis -> fill.run(redis, name, identity, token, gen, hi, lines)) == 1;
    }

    /** Sends what was committed to Redis, all at once, and does not wait; never fails. */
    public PendingChanges apply(List<Commit> commits) {
        PendingChanges pending = new PendingChanges(connection);
        for (Commit commit : commits) {
            ConversationKey key = commit.key();
            byte[] identity = identity(key, commit.epoch());
            byte[] name = Names.key(key);
            pending.add(key, connection.send(name, redis -> apply.run(redis, name, identity, commit)));
        }
        return pending;
    }

    /** {@link #note} for many, sent all at once, without waiting; never fails. */
    public PendingChanges note(long epochRead, List<Change> changes) {
        PendingChanges pending = new PendingChanges(connection);
        for (Change change : changes) {
            byte[] name = Names.key(change.key());
            pending.add(change.key(), connection.send(name, redis -> noted(redis, name, epochRead, change)));
        }
        return pending;
    }

    /**
     * Tells Redis that {@code seq} of generation {@code gen} is committed. A Redis that is full refuses this too: then
     * {@link #drop} does it.
     *
     * @param epochRead the epoch as it was read together with the end
     */
    public void note(long epochRead, ConversationKey key, long gen, long seq) {
        connection.checkTrusted();
        byte[] name = Names.key(key);
        connection.call(name, redis -> noted(redis, name, epochRead, new Change(key, gen, seq)));
    }

    private CompletionStage<Long> noted(
            RedisClusterAsyncCommands<byte[], byte[]> redis, byte[] name, long epochRead, Change change) {
        return note.run(redis, name, identity(change.key(), epochRead), change.gen(), change.seq());
    }

    /** Takes a conversation's entry away, whatever it is, and every lease on it. */
    public void drop(ConversationKey key) {
        byte[] name = Names.key(key);
        connection.call(name, redis -> redis.del(name));
    }

    /** Whether the Redis that is connected is known to be the one the epoch was made for. */
    public boolean isTrusted() {
        return connection.isTrusted();
    }

    /**
     * After a connect, asks Redis which process it is, and hands that on unless it is known already. Redis is trusted
     * once every shard has answered.
     *
     * @param register told the process of each shard; makes the epoch one of these
     * @throws RedisAwayException when Redis does not answer
     */
    public void compare(Consumer<Map<String, String>> register) {
        connection.compare(register);
    }

    /** Whether Redis answers just now. */
    public boolean reachable() {
        return connection.answers();
    }

    /** Ends the connection; what is on its way may be done or not. */
    @Override
    public void close() {
        connection.close();
    }

    private static byte[] identity(ConversationKey key, long epoch) {
        return Header.identity(epoch, Names.fingerprint(key.owner()));
    }

    private static void checkToken(long token) {
        if (token == 0) {
            throw new IllegalArgumentException("a lease's token must not be zero");
        }
    }
}
