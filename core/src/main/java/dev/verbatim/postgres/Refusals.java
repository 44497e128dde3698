package dev.verbatim.postgres;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether callers are refused because too many wait already: one line in the log when that begins and one when it is over,
 * however many there are. Thread-safe.
 */
final class Refusals {
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    /** Who was refused comes again after a second: when nobody was for so long, it is over. */
    private static final long QUIET_NANOS = Duration.ofSeconds(5).toNanos();

    private final String what;
    private final LongSupplier clock;
    private final LongAdder total = new LongAdder();
    private final AtomicBoolean on = new AtomicBoolean();
    private volatile long last;

    /** Of {@code what}, as the log calls them. */
    Refusals(String what) {
        this(what, System::nanoTime);
    }

    /**
     * The same.
     *
     * @param clock nanoseconds, as {@link System#nanoTime}
     */
    Refusals(String what, LongSupplier clock) {
        this.what = what;
        this.clock = clock;
    }

    /** One was refused. */
    void add() {
        total.increment();
        last = clock.getAsLong();
        if (on.compareAndSet(false, true)) {
            LOG.warn("too many {} wait for PostgreSQL: further ones are refused", what);
        }
    }

    /** Whether some are refused these seconds. To be asked now and then, also to see that it is over. */
    boolean isOn() {
        if (on.get() && clock.getAsLong() - last >= QUIET_NANOS && on.compareAndSet(true, false)) {
            LOG.info("no {} are refused any more; {} were so far", what, total.sum());
        }
        return on.get();
    }

    Refused state() {
        return new Refused(isOn(), total.sum());
    }
}
