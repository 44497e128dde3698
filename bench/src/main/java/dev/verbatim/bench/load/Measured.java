package dev.verbatim.bench.load;

import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * What one run of a load showed.
 *
 * @param perSecond how many were done each second
 * @param p50 the median latency, in microseconds
 * @param p99 that of which 1 % took longer, in microseconds
 * @param p999 that of which 0.1 % took longer, in microseconds
 * @param allocated bytes allocated by the process for each one done
 * @param cpu processor time of the process for each one done, in microseconds
 * @param failed how many failed
 */
public record Measured(
        double perSecond, double p50, double p99, double p999, double allocated, double cpu, long failed) {
    private static final double NANOS_A_MICRO = 1e3;
    private static final double NANOS_A_SECOND = 1e9;

    /** Out of latencies in nanoseconds, and how long the run took. */
    public static Measured of(Histogram nanos, long elapsedNanos, Spent spent, long failed) {
        long done = nanos.getTotalCount();
        return new Measured(
                done * NANOS_A_SECOND / elapsedNanos,
                nanos.getValueAtPercentile(50) / NANOS_A_MICRO,
                nanos.getValueAtPercentile(99) / NANOS_A_MICRO,
                nanos.getValueAtPercentile(99.9) / NANOS_A_MICRO,
                (double) spent.bytes() / Math.max(1, done),
                spent.cpuNanos() / NANOS_A_MICRO / Math.max(1, done),
                failed);
    }

    /** In one line, for {@link #parse}. */
    public String line() {
        return String.format(
                Locale.ROOT, "%.3f %.1f %.1f %.1f %.1f %.2f %d", perSecond, p50, p99, p999, allocated, cpu, failed);
    }

    /** What {@link #line} wrote, beginning at word {@code from}. */
    public static Measured parse(String[] words, int from) {
        double[] numbers = new double[6];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Double.parseDouble(words[from + i]);
        }
        return new Measured(
                numbers[0],
                numbers[1],
                numbers[2],
                numbers[3],
                numbers[4],
                numbers[5],
                Long.parseLong(words[from + numbers.length]));
    }
}
