package dev.verbatim.postgres;

import dev.verbatim.OverloadedException;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Lets so many reads at PostgreSQL at once that appends still find a connection: a cache that was lost must not drown the
 * database in the reads it kept away. Thread-safe.
 */
final class ReadBulkhead {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private final Bulkhead bulkhead;
    private final Refusals refusals = new Refusals("reads");

    ReadBulkhead(int connections) {
        bulkhead = Bulkhead.of(
                "verbatim-reads",
                BulkheadConfig.custom()
                        .maxConcurrentCalls(Math.max(1, connections / 2))
                        .maxWaitDuration(LONGEST_WAIT)
                        .writableStackTraceEnabled(false)
                        .build());
    }

    /**
     * Runs {@code read} when its turn comes.
     *
     * @throws OverloadedException when that takes too long
     */
    <T> T run(Supplier<T> read) {
        try {
            return bulkhead.executeSupplier(read);
        } catch (BulkheadFullException e) {
            refusals.add();
            throw new OverloadedException("too many reads wait for PostgreSQL; try again in a second");
        }
    }

    Refused refused() {
        return refusals.state();
    }
}
