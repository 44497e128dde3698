package dev.verbatim.postgres;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How long the indexer rests after a pass: as long as the pass took, and much longer while others write or read much. Times
 * are those of {@link System#nanoTime}. For one thread.
 */
final class IndexerPace {
    /** So many times as long as a pass took is the rest after it. */
    private static final int WHILE_BUSY = 9;

    private static final int WHILE_QUIET = 1;

    /** A pass that took long was mostly waiting itself. */
    private static final long LONGEST_MILLIS = 5_000;

    /** Whoever was busy a moment ago will be again. */
    private static final long QUIET_NANOS = Duration.ofSeconds(3).toNanos();

    /** More reads than people make who look at something. */
    private static final long MANY_READS_A_SECOND = 100;

    private final LongSupplier reads;
    private long readsBefore;
    private long before;
    private long lastBusy;

    /** @param reads how many there were so far */
    IndexerPace(LongSupplier reads, long now) {
        this.reads = reads;
        this.readsBefore = reads.getAsLong();
        this.before = now;
        this.lastBusy = now;
    }

    /** After a pass from {@code began} to {@code now}: how many milliseconds to rest. */
    long restMillis(long began, long now, boolean written) {
        if (written || readsMuch(now)) {
            lastBusy = now;
        }
        int times = now - lastBusy < QUIET_NANOS ? WHILE_BUSY : WHILE_QUIET;
        return Math.min(LONGEST_MILLIS, TimeUnit.NANOSECONDS.toMillis((now - began) * times));
    }

    private boolean readsMuch(long now) {
        long count = reads.getAsLong();
        double seconds = (now - before) / 1e9;
        boolean many = count - readsBefore > MANY_READS_A_SECOND * seconds;
        readsBefore = count;
        before = now;
        return many;
    }
}
