package dev.verbatim;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The newest end of each conversation that this process changed lately. A cached entry behind it is not served, even
 * when Redis never got the change. What Redis has not confirmed stays until it has. Thread-safe.
 */
final class RecentChanges {
    private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final int SWEEP_EVERY = 4_096;

    private record Known(long gen, long seq, long at, boolean unconfirmed) {
        boolean isBehind(long otherGen, long otherSeq) {
            return gen < otherGen || (gen == otherGen && seq < otherSeq);
        }

        Known newest(Known other) {
            Known newer = isBehind(other.gen, other.seq) ? other : this;
            return new Known(newer.gen, newer.seq, Math.max(at, other.at), unconfirmed || other.unconfirmed);
        }
    }

    private final ConcurrentHashMap<ConversationKey, Known> known = new ConcurrentHashMap<>();
    private final AtomicLong added = new AtomicLong();

    void add(ConversationKey key, long gen, long seq) {
        known.merge(key, new Known(gen, seq, System.nanoTime(), false), Known::newest);
        if (added.incrementAndGet() % SWEEP_EVERY == 0) {
            sweep();
        }
    }

    /** Redis may hold an older end of this conversation: keep what is known until {@link #confirmed}. */
    void unconfirmed(ConversationKey key) {
        known.computeIfPresent(key, (k, v) -> new Known(v.gen, v.seq, v.at, true));
    }

    /** Redis no longer holds anything older. */
    void confirmed(ConversationKey key) {
        known.computeIfPresent(key, (k, v) -> new Known(v.gen, v.seq, v.at, false));
    }

    /** Whether an entry that ends at {@code gen, seq} lacks something that was changed here. */
    boolean isNewerThan(ConversationKey key, long gen, long seq) {
        Known newest = known.get(key);
        return newest != null && new Known(gen, seq, 0, false).isBehind(newest.gen, newest.seq);
    }

    private void sweep() {
        long oldest = System.nanoTime() - KEPT_NANOS;
        known.values().removeIf(entry -> !entry.unconfirmed && entry.at - oldest < 0);
    }
}
