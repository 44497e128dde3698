package dev.verbatim.insight;

import dev.verbatim.Window;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** Counts the reads of a process, for a fraction of what a read costs. Thread-safe. */
public final class ReadCounter {
    /** Longer ones count as that: a hundred seconds. */
    private static final double MOST_MICROS = 1e8;

    private final AtomicLongArray places = new AtomicLongArray(Latencies.MAPPING.index(MOST_MICROS) + 1);
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private long hitsTaken;
    private long missesTaken;

    /**
     * Counts one.
     *
     * @param source where its answer came from
     * @param nanos how long it took
     */
    public void count(Window.Source source, long nanos) {
        (source == Window.Source.HIT || source == Window.Source.STALE ? hits : misses).increment();
        places.incrementAndGet(Latencies.MAPPING.index(Math.clamp(nanos / 1e3, 1, MOST_MICROS)));
    }

    /** How many were counted so far. */
    public long total() {
        return hits.sum() + misses.sum();
    }

    /** What was counted since the last time, if anything was. */
    public synchronized Optional<Reads> take() {
        long hit = hits.sum() - hitsTaken;
        long missed = misses.sum() - missesTaken;
        if (hit + missed == 0) {
            return Optional.empty();
        }
        hitsTaken += hit;
        missesTaken += missed;
        Reads reads = new Reads();
        for (int i = 0; i < places.length(); i++) {
            long count = places.get(i) == 0 ? 0 : places.getAndSet(i, 0);
            if (count > 0) {
                reads.micros().add(Latencies.MAPPING.value(i), count);
            }
        }
        reads.add(hit, missed, new Latencies().bytes());
        return Optional.of(reads);
    }
}
