package dev.verbatim;

import java.time.Duration;

/**
 * How a store is doing.
 *
 * @param log whether PostgreSQL answers: without it nothing can be written, and reads may be stale and say so
 * @param cache whether Redis answers: without it reads are slower
 * @param trusted whether reads come from Redis: it answers, is known to hold nothing old, and what changed is known
 * @param behind how long ago the last look at what other servers changed began; more than a second is too long, and a read
 *     then asks PostgreSQL
 * @param refusingReads whether reads were refused within the last seconds, as too many waited for PostgreSQL
 * @param refusingAppends whether appends were refused within the last seconds, as too much waited to be stored
 */
public record StoreStatus(
        boolean log, boolean cache, boolean trusted, Duration behind, boolean refusingReads, boolean refusingAppends) {
    /** Nobody is refused. */
    public StoreStatus(boolean log, boolean cache, boolean trusted, Duration behind) {
        this(log, cache, trusted, behind, false, false);
    }
}
