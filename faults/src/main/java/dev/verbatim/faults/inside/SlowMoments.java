package dev.verbatim.faults.inside;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * When Redis did not confirm in time, to a service, what was committed: a fault like one that was brought about, whatever it
 * came from. On a busy machine nobody needs to bring it about.
 */
public final class SlowMoments {
    /** How long a service waits for Redis to confirm an append. */
    private static final long PATIENCE_NANOS = 250_000_000;

    /** One line in so long tells of many: what follows a fault is longer. */
    private static final long BETWEEN_REFUSALS = 100_000_000;

    private static final AtomicLong LAST_REFUSAL = new AtomicLong(System.nanoTime() - BETWEEN_REFUSALS);
    private static volatile Path file = Path.of("");

    private SlowMoments() {}

    static void noteIn(Path there) {
        file = there;
    }

    /** Notes a moment, if Redis was slow: not if it said no. */
    public static void ended(List<?> unconfirmed, long deadline) {
        long now = System.nanoTime();
        if (!unconfirmed.isEmpty() && now - deadline >= 0) {
            note(deadline - PATIENCE_NANOS, now);
        }
    }

    /** Notes a moment, if Redis was not asked at all, for it had been silent for so long. */
    public static void refused(boolean silent, long nanos) {
        long now = System.nanoTime();
        long last = LAST_REFUSAL.get();
        if (silent && now - last >= BETWEEN_REFUSALS && LAST_REFUSAL.compareAndSet(last, now)) {
            note(now - nanos, now);
        }
    }

    /** As a line with its begin and end. */
    private static void note(long from, long to) {
        try {
            Files.writeString(
                    file,
                    from + " " + to + "\n",
                    StandardCharsets.US_ASCII,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
