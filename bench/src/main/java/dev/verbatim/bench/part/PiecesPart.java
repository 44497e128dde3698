package dev.verbatim.bench.part;

import dev.verbatim.bench.Plan;
import dev.verbatim.bench.process.Jvm;
import dev.verbatim.bench.process.Site;
import dev.verbatim.bench.report.Section;
import dev.verbatim.bench.report.Table;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** What the pieces on the way of a read and an append cost, by JMH: time, and bytes on the heap. */
final class PiecesPart implements Part {
    private static final String BYTES = "gc.alloc.rate.norm";

    /** Of fewer no error can be told. */
    private static final int FEWEST = 3;

    @Override
    public String name() {
        return "pieces";
    }

    @Override
    public Section run(Site site, Plan plan) {
        Options options = new OptionsBuilder()
                .include("dev\\.verbatim\\..*Pieces")
                .addProfiler(GCProfiler.class)
                .forks(1)
                .jvmArgs(Jvm.OPTIONS.toArray(String[]::new))
                .warmupIterations(plan.rounds())
                .warmupTime(TimeValue.milliseconds(plan.warmUp().toMillis()))
                .measurementIterations(Math.max(FEWEST, plan.rounds()))
                .measurementTime(TimeValue.milliseconds(plan.time().toMillis()))
                .verbosity(VerboseMode.SILENT)
                .build();
        Table table = new Table("piece", "ns", "± ns", "heap bytes");
        for (RunResult result : results(options)) {
            Result<?> time = result.getPrimaryResult();
            Result<?> bytes = result.getSecondaryResults().get(BYTES);
            table.row(
                    result.getParams().getBenchmark().replaceFirst(".*\\.(\\w+\\.\\w+)", "$1"),
                    time.getScore(),
                    time.getScoreError(),
                    bytes == null ? "" : Table.number(bytes.getScore()));
        }
        return new Section("The pieces of a read and an append (JMH)", table.toString(), Map.of(), List.of());
    }

    private static Collection<RunResult> results(Options options) {
        try {
            return new Runner(options).run();
        } catch (RunnerException e) {
            throw new IllegalStateException(e);
        }
    }
}
