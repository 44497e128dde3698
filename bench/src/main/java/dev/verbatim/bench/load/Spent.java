package dev.verbatim.bench.load;

import java.lang.management.ManagementFactory;

/**
 * What this process has used of the machine.
 *
 * @param bytes allocated on the heap by all threads
 * @param cpuNanos processor time of all threads, in nanoseconds
 */
public record Spent(long bytes, long cpuNanos) {
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final com.sun.management.OperatingSystemMXBean SYSTEM =
            (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    /** From the process' start to now. */
    public static Spent now() {
        return new Spent(THREADS.getTotalThreadAllocatedBytes(), SYSTEM.getProcessCpuTime());
    }

    /** From {@code earlier} to this. */
    public Spent since(Spent earlier) {
        return new Spent(bytes - earlier.bytes, cpuNanos - earlier.cpuNanos);
    }
}
