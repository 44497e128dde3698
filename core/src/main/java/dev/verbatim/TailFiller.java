package dev.verbatim;

import dev.verbatim.postgres.LogSlice;
import dev.verbatim.postgres.PostgresLog;
import dev.verbatim.redis.Lease;
import dev.verbatim.redis.RedisAwayException;
import dev.verbatim.redis.RedisTail;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Fills cache entries: one fill at a time for each conversation, in this process and, by the lease, in all. */
final class TailFiller {
    /** Past the deadline of the read of PostgreSQL, so that a lease never ends before the fill it is for. */
    private static final Duration LEASE_BEYOND_READ = Duration.ofSeconds(5);

    private static final int SHORTEST_WAIT_MS = 5;
    private static final int LONGEST_WAIT_MS = 20;

    /**
     * What became of a fill.
     *
     * @param own false when another reader's fill was waited for
     * @param loaded what was read from PostgreSQL for one's own; empty when there is no such conversation
     */
    record Fill(boolean own, Optional<LogSlice> loaded) {
        static final Fill OF_ANOTHER = new Fill(false, Optional.empty());
    }

    private final PostgresLog log;
    private final RedisTail tail;
    private final RecentChanges recent;
    private final int window;
    private final Duration leaseTime;
    private final long longestWaitNanos;
    private final ConcurrentHashMap<ConversationKey, CountDownLatch> running = new ConcurrentHashMap<>();

    TailFiller(PostgresLog log, RedisTail tail, RecentChanges recent, HistoryConfig config) {
        this.log = log;
        this.tail = tail;
        this.recent = recent;
        this.window = config.windowMessages();
        this.leaseTime = config.databaseTimeout().plus(LEASE_BEYOND_READ);
        this.longestWaitNanos = config.databaseTimeout().toNanos();
    }

    /** Fills the entry of {@code key}, or waits a while for whoever is doing so. */
    Fill fill(ConversationKey key) {
        CountDownLatch mine = new CountDownLatch(1);
        CountDownLatch other = running.putIfAbsent(key, mine);
        if (other != null) {
            await(other);
            return Fill.OF_ANOTHER;
        }
        try {
            return fillUnderLease(key);
        } finally {
            running.remove(key);
            mine.countDown();
        }
    }

    private Fill fillUnderLease(ConversationKey key) {
        long token = newToken();
        Lease lease = tail.lease(key, token, leaseTime);
        if (!lease.granted()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(
                    ThreadLocalRandom.current().nextInt(SHORTEST_WAIT_MS, LONGEST_WAIT_MS + 1)));
            return Fill.OF_ANOTHER;
        }
        Optional<LogSlice> loaded = log.readFrom(key, 1, window);
        try {
            loaded.ifPresentOrElse(newest -> store(key, token, newest), () -> tail.drop(key));
        } catch (RedisAwayException e) {
            loaded.ifPresent(newest -> recent.add(key, newest.gen(), newest.lastSeq()));
        }
        return new Fill(true, loaded);
    }

    /** What the caller is about to be shown must not be missing from the entry without the entry saying so. */
    private void store(ConversationKey key, long token, LogSlice newest) {
        long hi = newest.lastSeq();
        long lo = hi - newest.messages().size() + 1;
        if (!tail.fill(newest.epoch(), key, token, newest.gen(), lo, hi, newest.messages())) {
            tail.note(newest.epoch(), key, newest.gen(), hi);
        }
    }

    private void await(CountDownLatch other) {
        try {
            other.await(longestWaitNanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Never zero, which stands for no lease. */
    private static long newToken() {
        long token = ThreadLocalRandom.current().nextLong();
        return token == 0 ? 1 : token;
    }
}
