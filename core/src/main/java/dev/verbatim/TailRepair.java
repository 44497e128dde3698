package dev.verbatim;

import dev.verbatim.redis.RedisAwayException;
import dev.verbatim.redis.RedisTail;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Drops cache entries, and goes on trying for those that Redis did not confirm: until then {@link RecentChanges} keeps
 * this process from serving them. Thread-safe.
 */
final class TailRepair implements AutoCloseable {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final RedisTail tail;
    private final RecentChanges recent;
    private final Set<ConversationKey> waiting = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private volatile boolean closed;

    TailRepair(RedisTail tail, RecentChanges recent) {
        this.tail = tail;
        this.recent = recent;
        this.thread = Thread.ofVirtual().name("verbatim-tail-repair").start(this::run);
    }

    /** Drops these entries now, or as soon as Redis lets us. */
    void drop(Collection<ConversationKey> keys) {
        for (ConversationKey key : keys) {
            if (!dropped(key)) {
                later(Set.of(key));
            }
        }
    }

    /** Drops these entries as soon as Redis lets us. */
    void later(Collection<ConversationKey> keys) {
        if (!keys.isEmpty()) {
            keys.forEach(recent::unconfirmed);
            waiting.addAll(keys);
            LockSupport.unpark(thread);
        }
    }

    private void run() {
        while (!closed) {
            if (waiting.isEmpty()) {
                LockSupport.park(this);
            } else if (!dropAll()) {
                LockSupport.parkNanos(this, PAUSE_NANOS);
            }
        }
    }

    /** False at the first entry that could not be dropped: the others would fail too. */
    private boolean dropAll() {
        for (ConversationKey key : List.copyOf(waiting)) {
            waiting.remove(key);
            if (!dropped(key)) {
                waiting.add(key);
                return false;
            }
            recent.confirmed(key);
        }
        return true;
    }

    private boolean dropped(ConversationKey key) {
        try {
            tail.drop(key);
            return true;
        } catch (RedisAwayException e) {
            return false;
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
