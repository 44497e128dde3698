package dev.verbatim.insight;

/** Reads of messages. Any two can be put together. Not thread-safe. */
public final class Reads {
    private final Latencies micros = new Latencies();
    private long hits;
    private long misses;

    /** Adds what is stored of some. */
    public void add(long moreHits, long moreMisses, byte[] times) {
        hits += moreHits;
        misses += moreMisses;
        micros.add(times);
    }

    /** How many were answered by the cache. */
    public long hits() {
        return hits;
    }

    /** How many were not. */
    public long misses() {
        return misses;
    }

    /** How long they took, in microseconds. */
    public Latencies micros() {
        return micros;
    }
}
