package dev.verbatim.testkit.history;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Collects how far reads were behind, in nanoseconds. */
final class StaleTimes {
    private static final long[] BOUNDS_MILLIS = {
        0, 1, 2, 5, 10, 20, 50, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1_000, 1_200, 1_500, 2_000, 5_000, 10_000,
        60_000
    };

    private long[] behind = new long[64];
    private int stale;
    private long reads;

    void add(long nanos) {
        reads++;
        if (nanos > 0) {
            if (stale == behind.length) {
                behind = Arrays.copyOf(behind, stale * 2);
            }
            behind[stale++] = nanos;
        }
    }

    Staleness summary() {
        Arrays.sort(behind, 0, stale);
        return new Staleness(reads, percentile(500), percentile(990), percentile(999), percentile(1_000), buckets());
    }

    private Duration percentile(int perMille) {
        long rank = Math.ceilDiv(reads * perMille, 1_000L);
        long fresh = reads - stale;
        return rank <= fresh ? Duration.ZERO : Duration.ofNanos(behind[(int) (rank - fresh - 1)]);
    }

    private Map<Duration, Long> buckets() {
        Map<Duration, Long> buckets = new LinkedHashMap<>();
        int counted = 0;
        if (reads > stale) {
            buckets.put(Duration.ZERO, reads - stale);
        }
        for (long bound : BOUNDS_MILLIS) {
            counted = count(buckets, Duration.ofMillis(bound), counted);
        }
        if (counted < stale) {
            buckets.put(Duration.ofNanos(behind[stale - 1]), (long) stale - counted);
        }
        return buckets;
    }

    private int count(Map<Duration, Long> buckets, Duration bound, int from) {
        int to = Sorted.first(stale, i -> behind[i] > bound.toNanos());
        if (to > from) {
            buckets.merge(bound, (long) to - from, Long::sum);
        }
        return to;
    }
}
