package dev.verbatim.bench;

import dev.verbatim.bench.process.Jvm;
import dev.verbatim.bench.process.Site;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What stands above a report, so that it can be repeated. */
final class Heading {
    private static final double GIGABYTE = 1L << 30;

    private Heading() {}

    static String of(Site site, Plan plan, List<String> arguments) {
        return """
                # %s

                %s, %s. Each of %d rounds measures all in turn, %d s each after %d ms of warming up, the first
                after %d s more; numbers are medians of the rounds, ratios are of the same round. How it is measured: DESIGN.md, "How fast".

                | | |
                |---|---|
                | machine | %d processors (%s), %.0f GiB, %s |
                | load before (1 min) | %.2f |
                | JVMs, one for each | Java %s, %s |
                | PostgreSQL | %s |
                | Redis | %s |
                | messages | %s |
                """.formatted(
                Stream.concat(Stream.of("./verbatim bench"), arguments.stream()).collect(Collectors.joining(" ")),
                plan.full() ? "The record" : "The quick form",
                LocalDate.now(ZoneOffset.UTC),
                plan.rounds(),
                plan.time().toSeconds(),
                plan.warmUp().toMillis(),
                plan.begin().toSeconds(),
                Runtime.getRuntime().availableProcessors(),
                processor(),
                memory(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                System.getProperty("java.vm.version"),
                String.join(" ", Jvm.OPTIONS),
                site.postgres(),
                site.redis().version(),
                site.dialogues().getFileName());
    }

    private static String processor() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }

    private static double memory() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                        .getTotalMemorySize()
                / GIGABYTE;
    }
}
