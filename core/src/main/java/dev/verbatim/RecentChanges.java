package dev.verbatim;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The newest end of each conversation that is known to have changed lately, here or on another server. A cached entry
 * behind it is not served. What Redis may not have been told stays, and so does the last minute, for a Redis that fails
 * over may lose what it was told. Thread-safe.
 */
final class RecentChanges {
    private static final long KEPT_NANOS = Duration.ofSeconds(60).toNanos();

    /** With more than this the cache is not trusted: nothing may be forgotten to make room. */
    private static final int MOST = 500_000;

    private record Known(long gen, long seq, long at) {
        boolean isBehind(long otherGen, long otherSeq) {
            return gen < otherGen || (gen == otherGen && seq < otherSeq);
        }

        Known newest(Known other) {
            Known newer = isBehind(other.gen, other.seq) ? other : this;
            return new Known(newer.gen, newer.seq, Math.max(at, other.at));
        }
    }

    private final ConcurrentHashMap<ConversationKey, Known> known = new ConcurrentHashMap<>();
    private final int most;
    private final LongSupplier keptNanos;

    RecentChanges() {
        this(MOST, () -> KEPT_NANOS);
    }

    /**
     * Nothing is known yet.
     *
     * @param most how many conversations may be kept
     * @param keptNanos for how long each stays at least; asked again each time that some could be forgotten
     */
    RecentChanges(int most, LongSupplier keptNanos) {
        this.most = most;
        this.keptNanos = keptNanos;
    }

    /** Remembers that {@code seq} of generation {@code gen} is committed. */
    void add(ConversationKey key, long gen, long seq) {
        known.merge(key, new Known(gen, seq, System.nanoTime()), Known::newest);
    }

    /** Whether an entry that ends at {@code gen, seq} lacks something that is known to be committed. */
    boolean isNewerThan(ConversationKey key, long gen, long seq) {
        Known newest = known.get(key);
        return newest != null && new Known(gen, seq, 0).isBehind(newest.gen, newest.seq);
    }

    /** Redis has been told all that was added here before {@code nanoTime}. */
    void told(long nanoTime) {
        long oldest = System.nanoTime() - keptNanos.getAsLong();
        known.values().removeIf(entry -> entry.at - nanoTime < 0 && entry.at - oldest < 0);
    }

    /** Whether there is nothing to be told. */
    boolean isEmpty() {
        return known.isEmpty();
    }

    /** Whether there is more than may be kept. */
    boolean isFull() {
        return known.size() > most;
    }

    /** Forgets everything: what is in Redis does not count any more. */
    void clear() {
        known.clear();
    }
}
