package dev.verbatim.server.auth;

import dev.verbatim.server.http.ApiException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Bounds how often a log-in may fail, for one email and from one address: after {@code most} failures each further one has
 * to wait until an earlier one is forgotten. Memory is bounded: of very many, the one that failed longest ago is forgotten.
 * Thread-safe.
 */
final class LoginLimits {
    private static final int MOST_KEPT = 20_000;

    private final int most;
    private final long nanosEach;
    private final LongSupplier clock;

    /** For each name the time at which all its failures are forgotten. */
    private final Map<String, Long> clearAt = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MOST_KEPT;
        }
    };

    /**
     * Limits.
     *
     * @param most failures before anybody has to wait
     * @param forgottenAfter how long until one failure is forgotten
     * @param clock nanoseconds, as {@link System#nanoTime}
     */
    LoginLimits(int most, Duration forgottenAfter, LongSupplier clock) {
        this.most = most;
        this.nanosEach = forgottenAfter.toNanos();
        this.clock = clock;
    }

    /**
     * Counts an attempt as failed, before it is known whether it is: many at once cannot slip through.
     *
     * @throws ApiException (429) when there were too many
     */
    synchronized void begin(String name) {
        long now = clock.getAsLong();
        long owed = Math.max(0, clearAt.getOrDefault(name, now) - now) + nanosEach;
        long tooMuch = owed - most * nanosEach;
        if (tooMuch > 0) {
            int seconds = (int) (tooMuch / 1_000_000_000L) + 1;
            throw ApiException.tooMany(seconds, "too many failed log-ins; try again in " + seconds + " s");
        }
        clearAt.put(name, now + owed);
    }

    /** Takes an attempt back: it did not fail. */
    synchronized void succeeded(String name) {
        clearAt.computeIfPresent(name, (n, clear) -> clear - nanosEach);
    }
}
