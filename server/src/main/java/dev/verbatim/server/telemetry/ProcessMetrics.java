package dev.verbatim.server.telemetry;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import java.lang.management.ManagementFactory;

/** What the process takes of the machine: memory, threads, processor time, open files. */
public final class ProcessMetrics {
    private static final double NANOS_A_SECOND = 1e9;

    private ProcessMetrics() {}

    /** Meters in {@code registry}. */
    public static void bind(MeterRegistry registry) {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        processors(registry, ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class));
    }

    /** Not Micrometer's own, which count in nanoseconds. */
    private static void processors(MeterRegistry registry, OperatingSystemMXBean machine) {
        FunctionCounter.builder("process.cpu", machine, taken -> taken.getProcessCpuTime() / NANOS_A_SECOND)
                .description("Processor time that this process took")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder("process.cpu.usage", machine, OperatingSystemMXBean::getProcessCpuLoad)
                .description("Share of all processors that this process takes")
                .register(registry);
        Gauge.builder("system.cpu.usage", machine, OperatingSystemMXBean::getCpuLoad)
                .description("Share of all processors that is taken")
                .register(registry);
    }
}
