package dev.verbatim.faults.load;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** How the calls of a while were answered. Thread-safe. */
final class Phase {
    private static final double NANOS_PER_MILLI = 1e6;

    private final String name;
    private final Map<String, Integer> failures = new TreeMap<>();
    private final Times reads = new Times();
    private final Times appends = new Times();
    private int hits;

    Phase(String name) {
        this.name = name;
    }

    /** {@code nanos}: since the call was due. */
    synchronized void answered(Reply reply, boolean append, long nanos) {
        if (reply.status() != (append ? 201 : 200)) {
            failed(Target.text(reply));
            return;
        }
        (append ? appends : reads).add(nanos);
        hits += !append && reply.isHit() ? 1 : 0;
    }

    synchronized void failed(String how) {
        failures.merge(how, 1, Integer::sum);
    }

    synchronized boolean isAllWell() {
        return failures.isEmpty();
    }

    @Override
    public synchronized String toString() {
        int failed = failures.values().stream().mapToInt(Integer::intValue).sum();
        return name + ": reads " + reads + ", "
                + String.format(Locale.ROOT, "%.1f", 100.0 * hits / Math.max(1, reads.count))
                + " % of them from Redis; appends " + appends + "; failed: " + failed
                + (failures.isEmpty() ? "" : " " + failures);
    }

    private static final class Times {
        private long[] nanos = new long[1_024];
        private int count;

        void add(long time) {
            if (count == nanos.length) {
                nanos = Arrays.copyOf(nanos, 2 * count);
            }
            nanos[count++] = time;
        }

        @Override
        public String toString() {
            long[] sorted = Arrays.copyOf(nanos, count);
            Arrays.sort(sorted);
            return count + " (p50 " + at(sorted, 0.5) + ", p99 " + at(sorted, 0.99) + ", max " + at(sorted, 1) + " ms)";
        }

        private static String at(long[] sorted, double part) {
            return sorted.length == 0
                    ? "none"
                    : String.format(
                            Locale.ROOT,
                            "%.1f",
                            sorted[Math.max(0, (int) Math.ceil(part * sorted.length) - 1)] / NANOS_PER_MILLI);
        }
    }
}
