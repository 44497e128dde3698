package dev.verbatim;

import dev.verbatim.postgres.ChangeLog;
import dev.verbatim.postgres.Poll;
import dev.verbatim.postgres.Snapshot;
import dev.verbatim.redis.RedisAwayException;
import dev.verbatim.redis.RedisTail;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The net under the cache: looks several times a second at what changed in PostgreSQL, whoever changed it and whether or
 * not Redis was told, and tells Redis what it may have missed. While its last good look is recent, an entry that is
 * behind is known to be; otherwise the cache is not trusted. One thread does all of it; the questions may be asked by any.
 */
final class ChangeTail implements AutoCloseable {
    /** How old the last good look may be at most for the cache to be trusted: the most an answer can be behind. */
    static final Duration FRESH = Duration.ofSeconds(1);

    /** What is known of changes. */
    enum State {
        /** Whatever changed up to a second ago is known: the cache can be trusted. */
        FRESH,
        /** The next look is not done yet. */
        LATE,
        /** PostgreSQL does not answer. */
        AWAY,
        /** More changed than can be remembered. */
        TOO_MANY
    }

    private static final Logger LOG = LoggerFactory.getLogger(ChangeTail.class);

    /** A look that takes longer than this will not come. */
    private static final Duration LATE = Duration.ofSeconds(3);

    private static final long SHORT_WAIT_NANOS = Duration.ofMillis(250).toNanos();
    private static final long PAUSE_NANOS = Duration.ofMillis(100).toNanos();
    private static final int ROUNDS_A_DRAIN = 5;

    private final ChangeLog log;
    private final RedisTail redis;
    private final RecentChanges recent;
    private final AtomicLong epoch;
    private final Runnable onNewEpoch;
    private final Drain drain;
    private final Mode tooMany = new Mode(
            LOG,
            "more conversations changed than can be remembered; the cache is not trusted until some can be forgotten",
            "what changed can be remembered again");
    private final Mode withoutCache = new Mode(
            LOG,
            "Redis does not answer, or is not known to hold nothing old; reads come from PostgreSQL",
            "reads come from Redis again");
    private final Mode late = new Mode(
            LOG,
            "for more than a second it was not looked what other servers changed, as PostgreSQL was slow or this process"
                    + " held up; the cache was not trusted meanwhile",
            "it is looked in time again what other servers change");
    private final Thread thread;

    private @Nullable Snapshot cursor;
    private int round;
    private boolean hadCache;

    /** What Redis has been told of; null when that is not known. */
    private volatile @Nullable Snapshot told;

    private volatile boolean good;
    private volatile long lastGood = System.nanoTime();
    private volatile boolean away;
    private volatile boolean closed;

    /**
     * Starts looking.
     *
     * @param epoch kept at the cache's epoch
     * @param onNewEpoch run when it is another one than before
     */
    ChangeTail(ChangeLog log, RedisTail redis, RecentChanges recent, AtomicLong epoch, Runnable onNewEpoch) {
        this.log = log;
        this.redis = redis;
        this.recent = recent;
        this.epoch = epoch;
        this.onNewEpoch = onNewEpoch;
        this.drain = new Drain(log, redis, recent, epoch);
        this.thread = Thread.ofPlatform().name("verbatim-change-tail").daemon().start(this::run);
    }

    /** What is known of changes. To be asked after the cache was read: a moment later it may be forgotten. */
    State state() {
        if (recent.isFull()) {
            return State.TOO_MANY;
        }
        long age = System.nanoTime() - lastGood;
        if (good && age <= FRESH.toNanos()) {
            return State.FRESH;
        }
        return away || age > LATE.toNanos() ? State.AWAY : State.LATE;
    }

    /** How long ago the last good look began. */
    Duration behind() {
        return Duration.ofNanos(System.nanoTime() - lastGood);
    }

    boolean isFresh() {
        return state() == State.FRESH;
    }

    /**
     * Whether Redis has surely been told of what a transaction changed.
     *
     * @param xid the lower 32 bits of its number, as a row carries it
     */
    boolean isTold(long xid) {
        Snapshot known = told;
        return known != null && known.sees(xid);
    }

    /** {@link #state}, after waiting a little for a look that is late, as all are after this process was paused. */
    State awaitState() {
        long until = System.nanoTime() + SHORT_WAIT_NANOS;
        State state = state();
        while (state == State.LATE && System.nanoTime() - until < 0) {
            LockSupport.parkNanos(this, Duration.ofMillis(2).toNanos());
            state = state();
        }
        return state == State.LATE ? State.AWAY : state;
    }

    private void run() {
        while (!closed) {
            boolean again = false;
            try {
                again = round();
                if (away) {
                    away = false;
                    LOG.info("PostgreSQL answers again");
                }
            } catch (HistoryException e) {
                // After a crash numbers that were seen may be given out again; those that Redis was told of are not.
                cursor = null;
                if (!away && !closed) {
                    LOG.warn("changes cannot be followed; after a second the cache is not trusted: {}", e.getMessage());
                }
                away = true;
            } catch (RuntimeException e) {
                LOG.error("changes cannot be followed", e);
                good = false;
            }
            tooMany.set(recent.isFull());
            if (!again) {
                LockSupport.parkNanos(this, PAUSE_NANOS);
            }
        }
        log.close();
    }

    /** Returns whether the next round should follow at once. */
    private boolean round() {
        long began = System.nanoTime();
        Poll poll = log.poll(cursor);
        if (!poll.isOfEpoch()) {
            redis.doubt();
            begin(log.found(poll.database()));
            return true;
        }
        if (poll.epoch() != epoch.get()) {
            // Whoever replaced it may have found another Redis than this server is connected to.
            redis.doubt();
            begin(poll.epoch());
            return true;
        }
        Snapshot before = told;
        if (before != null && !poll.drained().covers(before)) {
            LOG.warn("PostgreSQL's data is older than it was; the cache begins anew");
            begin(log.replace(poll.epoch()));
            return true;
        }
        if (poll.overflow()) {
            begin(poll.epoch());
            return lookAtRedis() || drain.run(poll, began);
        }
        poll.changes().forEach(change -> recent.add(change.key(), change.gen(), change.seq()));
        cursor = poll.seen();
        told = poll.drained();
        late.set(good && !away && behind().compareTo(FRESH) > 0);
        lastGood = began;
        good = true;
        return lookAtRedis() || (round++ % ROUNDS_A_DRAIN == 0 && drain.run(poll, began));
    }

    /** Forgets everything, and begins with what Redis may not know. */
    private void begin(long newEpoch) {
        good = false;
        boolean another = epoch.getAndSet(newEpoch) != newEpoch;
        recent.clear();
        cursor = null;
        told = null;
        if (another) {
            onNewEpoch.run();
        }
    }

    /** Returns whether there is a new epoch. */
    private boolean lookAtRedis() {
        long before = epoch.get();
        try {
            redis.compare(this::register);
        } catch (RedisAwayException e) {
            LOG.debug("Redis cannot be asked who it is", e);
        }
        boolean trusted = redis.isTrusted();
        hadCache |= trusted;
        withoutCache.set(hadCache && !trusted);
        return epoch.get() != before;
    }

    private boolean register(Map<String, String> processes, Map<String, String> known) {
        OptionalLong registered = log.register(processes, known);
        if (registered.isPresent() && registered.getAsLong() != epoch.get()) {
            begin(registered.getAsLong());
        }
        return registered.isPresent();
    }

    /** Waits until the first good look and Redis' answer to it, but no longer than {@code patience}. */
    void awaitStart(Duration patience) {
        long until = System.nanoTime() + patience.toNanos();
        while (!(isFresh() && redis.isTrusted()) && !away && System.nanoTime() - until < 0) {
            LockSupport.parkNanos(this, Duration.ofMillis(2).toNanos());
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(Duration.ofSeconds(3));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
