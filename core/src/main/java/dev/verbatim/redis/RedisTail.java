package dev.verbatim.redis;

import dev.verbatim.Change;
import dev.verbatim.Commit;
import dev.verbatim.ConversationKey;
import dev.verbatim.HistoryConfig;
import dev.verbatim.Message;
import dev.verbatim.StoreListener;
import io.lettuce.core.GetExArgs;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The recent end of each conversation in Redis. A call throws {@link RedisAwayException} when Redis did not confirm in time:
 * within {@code redisTimeout}, or up to five times that while Redis answers others, and for changes in any case. Which entry
 * may be served and in which order Redis and PostgreSQL are asked is not decided here. Thread-safe.
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
    private volatile StoreListener listener = StoreListener.NONE;

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
        RedisUrl url = RedisUrl.parse(config.redisUrl());
        return new RedisTail(Connection.open(url, config.redisTimeout()), new EntryLimits(config), epoch);
    }

    /**
     * What Redis holds of a conversation, or null when that is nothing of this epoch and owner.
     *
     * @throws RedisAwayException also when it is not known whether this is the Redis the epoch was made for
     */
    public @Nullable CachedTail read(ConversationKey key) {
        return cached(key, true);
    }

    /** As {@link #read}, from whatever Redis this is: the entry may be an old one. */
    public @Nullable CachedTail peek(ConversationKey key) {
        return cached(key, false);
    }

    private @Nullable CachedTail cached(ConversationKey key, boolean trusted) {
        long current = epoch.getAsLong();
        byte[] name = Names.key(key);
        boolean renews = ThreadLocalRandom.current().nextInt(READS_A_RENEWAL) == 0;
        GetExArgs expiry = renews ? renewal : null;
        byte @Nullable [] value = this.<byte @Nullable []>heard(
                StoreListener.Call.REDIS_READ,
                () -> trusted ? connection.readTrusted(name, expiry) : connection.read(name, expiry));
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
        byte[] value = heard(
                StoreListener.Call.REDIS_LEASE,
                () -> connection.call(name, redis -> lease.run(redis, name, identity(key, current), token, millis)));
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
        boolean stored = heard(
                StoreListener.Call.REDIS_FILL,
                () -> connection.call(name, redis -> fill.run(redis, name, identity, token, gen, hi, lines)) == 1);
        listener.filled(stored);
        return stored;
    }

    private <T extends @Nullable Object> T heard(StoreListener.Call what, Supplier<T> call) {
        long began = System.nanoTime();
        boolean failed = true;
        try {
            T answer = call.get();
            failed = false;
            return answer;
        } finally {
            listener.called(what, began, failed);
        }
    }

    /** Whom reads, leases and fills are told to, from now on. */
    public void listen(StoreListener to) {
        listener = to;
    }

    /** How the nodes' breakers are just now. */
    public BreakerStates breakers() {
        return connection.breakers();
    }

    /** Sends what was committed to Redis, all at once, and does not wait; never fails. */
    public PendingChanges apply(List<Commit> commits) {
        PendingChanges pending = new PendingChanges(connection);
        for (Commit commit : commits) {
            ConversationKey key = commit.key();
            byte[] identity = identity(key, commit.epoch());
            byte[] name = Names.key(key);
            pending.add(key, connection.sendChange(name, redis -> apply.run(redis, name, identity, commit)));
        }
        return pending;
    }

    /**
     * {@link #note} for many, sent all at once. What could not be noted is dropped; so is what was deleted, or emptied, by
     * somebody who may not have dropped it: it is not to stay in Redis, even unserved.
     *
     * @return whether Redis has confirmed all of it, and was trusted before and after
     */
    public boolean noteAll(long epochRead, List<Change> changes) {
        long at = connection.changes();
        boolean trusted = connection.isTrusted();
        PendingChanges pending = new PendingChanges(connection);
        for (Change change : changes) {
            byte[] name = Names.key(change.key());
            boolean empty = change.seq() == 0;
            pending.add(
                    change.key(),
                    connection.sendChange(
                            name, redis -> empty ? redis.del(name) : noted(redis, name, epochRead, change)));
        }
        return pending.await().isEmpty() && trusted && connection.isTrusted() && connection.changes() == at;
    }

    /**
     * Tells Redis that {@code seq} of generation {@code gen} is committed, as {@link #noteAll} does for many.
     *
     * @param epochRead the epoch as it was read together with the end
     */
    public void note(long epochRead, ConversationKey key, long gen, long seq) {
        if (!noteAll(epochRead, List.of(new Change(key, gen, seq)))) {
            throw new RedisAwayException("Redis did not confirm what was committed", null);
        }
    }

    private CompletionStage<Long> noted(
            RedisClusterAsyncCommands<byte[], byte[]> redis, byte[] name, long epochRead, Change change) {
        return note.run(redis, name, identity(change.key(), epochRead), change.gen(), change.seq());
    }

    /** Takes a conversation's entry away, whatever it is, and every lease on it. */
    public void drop(ConversationKey key) {
        byte[] name = Names.key(key);
        PendingChanges pending = new PendingChanges(connection);
        pending.add(key, connection.sendChange(name, redis -> redis.del(name)));
        if (!pending.await().isEmpty()) {
            throw new RedisAwayException("Redis did not confirm that an entry is gone", null);
        }
    }

    /** Whether the Redis that is connected is known to be the one the epoch was made for. */
    public boolean isTrusted() {
        return connection.isTrusted();
    }

    /** To be called when the epoch has become another one: Redis is not trusted until it was compared again. */
    public void doubt() {
        connection.doubt();
    }

    /**
     * Unless Redis is trusted, asks all its primaries which processes they are, and trusts them if {@code registry} says that
     * the epoch was made for these. For one thread, several times a second.
     *
     * @throws RedisAwayException when a primary does not answer
     */
    public void compare(ProcessRegistry registry) {
        connection.compare(registry);
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
