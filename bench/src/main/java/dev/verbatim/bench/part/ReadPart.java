package dev.verbatim.bench.part;

import dev.verbatim.bench.Plan;
import dev.verbatim.bench.load.Work;
import dev.verbatim.bench.part.Loaded.Load;
import dev.verbatim.bench.process.Site;
import dev.verbatim.bench.report.Bars;
import dev.verbatim.bench.report.Section;
import dev.verbatim.bench.report.Table;
import dev.verbatim.bench.report.Target;
import dev.verbatim.bench.rival.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Reads of the newest 20, of what is cached wherever a rival has a cache. */
final class ReadPart implements Part {
    private static final Load ONE = new Load(Work.Kind.READ, 1, 1);
    private static final Load SOME = new Load(Work.Kind.READ, 16, 1);
    private static final Load MANY = new Load(Work.Kind.READ, 64, 1);
    private static final Load MOST = new Load(Work.Kind.READ, 256, 1);

    @Override
    public String name() {
        return "read";
    }

    @Override
    public Section run(Site site, Plan plan) {
        Loaded loaded = new Loaded(site, plan, name());
        List<Kind> kinds = Arrays.stream(Kind.values())
                .filter(kind -> kind != Kind.BARE_MANY)
                .toList();
        List<Load> loads = plan.full() ? List.of(ONE, SOME, MANY, MOST) : List.of(SOME);
        for (Kind kind : kinds) {
            loaded.fill(kind);
            warm(site, plan, kind);
        }
        for (int round = 0; round < plan.rounds(); round++) {
            kinds.forEach(kind -> loaded.measure(kind, loads));
        }
        StringBuilder text = new StringBuilder("20 messages of real dialogues each. Of Verbatim's reads "
                + Table.number(loaded.leastHits()) + " % or more were hits in each round.\n");
        for (Load load : loads) {
            text.append("\n### ")
                    .append(load.callers())
                    .append(load.callers() == 1 ? " caller" : " callers")
                    .append("\n\n")
                    .append(LoadTables.table(loaded, load, kinds));
        }
        String plot = Bars.plot("Reads of 20, 16 callers", "a second", LoadTables.bars(loaded, SOME, kinds));
        return new Section("Reads", text.toString(), Map.of("read", plot), targets(loaded));
    }

    private void warm(Site site, Plan plan, Kind kind) {
        site.of(kind).tell("open");
        site.of(kind).tell("touch", name(), plan.conversations());
        site.of(kind).tell("close");
    }

    private static List<Target> targets(Loaded loaded) {
        return List.of(
                target(loaded, Kind.BARE, 0.85),
                target(loaded, Kind.SPRING_WINDOW, 5),
                target(loaded, Kind.PLAIN, 1.5));
    }

    private static Target target(Loaded loaded, Kind other, double wanted) {
        return Target.atLeast(
                "read of 20, hit, 16 callers: to " + other.title(), loaded.verbatimTo(other, SOME), wanted);
    }
}
