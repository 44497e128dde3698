package dev.verbatim.bench.part;

import dev.verbatim.bench.Plan;
import dev.verbatim.bench.load.Measured;
import dev.verbatim.bench.process.ChildProcess;
import dev.verbatim.bench.process.Site;
import dev.verbatim.bench.report.Rounds;
import dev.verbatim.bench.report.Section;
import dev.verbatim.bench.report.Table;
import dev.verbatim.bench.report.Target;
import dev.verbatim.bench.rival.Kind;
import dev.verbatim.bench.rival.Rival;
import java.util.List;
import java.util.Map;

/** Reads and appends that begin at fixed times, side by side. */
final class OpenPart implements Part {
    private static final int READS = 5_000;
    private static final int APPENDS = 1_000;
    private static final int LONGER = 2;
    private static final List<Kind> KINDS = List.of(Kind.VERBATIM, Kind.BARE, Kind.PLAIN);

    private final Rounds reads = new Rounds();
    private final Rounds appends = new Rounds();

    @Override
    public String name() {
        return "open";
    }

    @Override
    public Section run(Site site, Plan plan) {
        for (Kind kind : KINDS) {
            ChildProcess child = site.of(kind);
            child.tell("open");
            Begin.once(site, plan, kind);
            child.tell("fill", name(), plan.conversations(), Rival.WINDOW, 0);
            child.tell("touch", name(), plan.conversations());
            child.tell("close");
        }
        for (int round = 0; round < plan.rounds(); round++) {
            KINDS.forEach(kind -> measure(site, plan, kind));
        }
        String text = READS + " reads of 20 and " + APPENDS
                + " appends begin each second, whether or not earlier ones have ended; latencies count from then.\n\n"
                + table();
        return new Section("At a fixed rate", text, Map.of(), targets());
    }

    private void measure(Site site, Plan plan, Kind kind) {
        ChildProcess child = site.of(kind);
        child.tell("open");
        open(child, plan, plan.warmUp().toMillis());
        site.checkpoint();
        String[] words = open(child, plan, plan.time().toMillis() * LONGER);
        child.tell("close");
        reads.add(kind.title(), Measured.parse(words, 0));
        appends.add(kind.title(), Measured.parse(words, words.length / 2));
    }

    private String[] open(ChildProcess child, Plan plan, long millis) {
        return child.tell("open-loop", READS, APPENDS, millis, name(), plan.conversations(), 1);
    }

    private String table() {
        Table table = new Table(
                "",
                "reads a second",
                "p50 µs",
                "p99 µs",
                "p99.9 µs",
                "appends a second",
                "p50 µs",
                "p99 µs",
                "p99.9 µs",
                "failed");
        for (String name : reads.names()) {
            table.row(
                    name,
                    reads.median(name, Measured::perSecond),
                    reads.median(name, Measured::p50),
                    reads.median(name, Measured::p99),
                    reads.median(name, Measured::p999),
                    appends.median(name, Measured::perSecond),
                    appends.median(name, Measured::p50),
                    appends.median(name, Measured::p99),
                    appends.median(name, Measured::p999),
                    reads.failed(name) + appends.failed(name));
        }
        return table.toString();
    }

    private List<Target> targets() {
        return List.of(
                Target.atMost(
                        "open loop, 5,000 reads and 1,000 appends a second: read p99 to bare GET's",
                        reads.ratio(Kind.VERBATIM.title(), Kind.BARE.title(), Measured::p99),
                        3),
                Target.atMost(
                        "open loop, 5,000 reads and 1,000 appends a second: append p99 to one-row INSERT's",
                        appends.ratio(Kind.VERBATIM.title(), Kind.BARE.title(), Measured::p99),
                        3));
    }
}
