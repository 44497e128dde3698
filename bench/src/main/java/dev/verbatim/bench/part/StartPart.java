package dev.verbatim.bench.part;

import dev.verbatim.bench.Plan;
import dev.verbatim.bench.process.Service;
import dev.verbatim.bench.process.Site;
import dev.verbatim.bench.report.Ratio;
import dev.verbatim.bench.report.Section;
import dev.verbatim.bench.report.Table;
import dev.verbatim.bench.rival.Kind;
import dev.verbatim.bench.rival.Rival;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** How long the service takes to be ready, and the memory it then uses. */
final class StartPart implements Part {
    private static final double MEGABYTE = 1e6;
    private static final double NANOS_A_SECOND = Duration.ofSeconds(1).toNanos();
    private static final int CONNECTIONS = 64;

    @Override
    public String name() {
        return "start";
    }

    @Override
    public Section run(Site site, Plan plan) {
        site.of(Kind.VERBATIM).tell("open");
        site.of(Kind.VERBATIM).tell("fill", "read", plan.conversations(), Rival.WINDOW, 0);
        site.of(Kind.VERBATIM).tell("close");
        double[] seconds = new double[plan.rounds()];
        double[] idle = new double[plan.rounds()];
        double[] loaded = new double[plan.rounds()];
        for (int round = 0; round < plan.rounds(); round++) {
            long began = System.nanoTime();
            try (Service service = site.service()) {
                seconds[round] = (System.nanoTime() - began) / NANOS_A_SECOND;
                idle[round] = service.residentBytes() / MEGABYTE;
                site.httpClient()
                        .tell(
                                "read",
                                service.port(),
                                service.key(),
                                CONNECTIONS,
                                plan.time().toMillis(),
                                0,
                                plan.conversations());
                loaded[round] = service.residentBytes() / MEGABYTE;
            }
        }
        Table table = new Table("the service, with servers that run already", "")
                .row("from start to ready, s", Ratio.of(seconds))
                .row("resident memory when ready, MB", Ratio.of(idle))
                .row("resident memory after a load of reads, MB", Ratio.of(loaded));
        return new Section("Start", table.toString(), Map.of(), List.of());
    }
}
