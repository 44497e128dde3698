package dev.verbatim.bench.part;

import dev.verbatim.bench.Plan;
import dev.verbatim.bench.load.Measured;
import dev.verbatim.bench.load.Work;
import dev.verbatim.bench.part.Loaded.Load;
import dev.verbatim.bench.process.Site;
import dev.verbatim.bench.report.Bars;
import dev.verbatim.bench.report.Ratio;
import dev.verbatim.bench.report.Section;
import dev.verbatim.bench.report.Target;
import dev.verbatim.bench.rival.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Appends by callers that wait for each. */
final class AppendPart implements Part {
    private static final Load ONE = new Load(Work.Kind.APPEND, 1, 1);
    private static final Load SOME = new Load(Work.Kind.APPEND, 16, 1);
    private static final Load MANY = new Load(Work.Kind.APPEND, 64, 1);
    private static final Load MOST = new Load(Work.Kind.APPEND, 256, 1);
    private static final Load EVEN = new Load(Work.Kind.APPEND, 64, 0);
    private static final Load TURNS = new Load(Work.Kind.TURN, 64, 1);

    @Override
    public String name() {
        return "append";
    }

    /** In the quick form only what must be reached needs is measured at other numbers of callers. */
    private static List<Load> loads(Plan plan, Kind kind) {
        if (kind == Kind.BARE_MANY) {
            return plan.full() ? List.of(MANY, EVEN) : List.of(MANY);
        }
        if (plan.full()) {
            return List.of(ONE, SOME, MANY, MOST, EVEN, TURNS);
        }
        return kind == Kind.VERBATIM || kind == Kind.BARE ? List.of(ONE, MANY, MOST, EVEN) : List.of(MANY);
    }

    @Override
    public Section run(Site site, Plan plan) {
        Loaded loaded = new Loaded(site, plan, name());
        List<Kind> kinds = List.of(Kind.values());
        kinds.forEach(loaded::fill);
        for (int round = 0; round < plan.rounds(); round++) {
            kinds.forEach(kind -> loaded.measure(kind, loads(plan, kind)));
        }
        StringBuilder text = new StringBuilder("Each caller begins its next call when the last one has returned.\n");
        for (Load load : List.of(ONE, SOME, MANY, MOST, EVEN, TURNS)) {
            if (loaded.has(Kind.VERBATIM, load)) {
                text.append("\n### ").append(title(load)).append("\n\n").append(LoadTables.table(loaded, load, kinds));
            }
        }
        String plot = Bars.plot("Appends, 64 callers", "a second", LoadTables.bars(loaded, MANY, kinds));
        return new Section("Appends", text.toString(), Map.of("append", plot), targets(loaded));
    }

    private static String title(Load load) {
        return (load.what() == Work.Kind.TURN ? "A turn (two messages), " : "One message, ")
                + load.callers()
                + (load.callers() == 1 ? " caller" : " callers")
                + (load.skew() == 0 ? ", all conversations alike" : ", conversations by Zipf");
    }

    private static List<Target> targets(Loaded loaded) {
        List<Target> targets = new ArrayList<>();
        atLeast(targets, loaded, Kind.SPRING_WINDOW, MANY, 15);
        atLeast(targets, loaded, Kind.SPRING_SESSION, MANY, 4);
        atLeast(targets, loaded, Kind.PLAIN, MANY, 5);
        atLeast(targets, loaded, Kind.BARE, MANY, 1.6);
        atLeast(targets, loaded, Kind.BARE, MOST, 2.5);
        // Waiting for a hot conversation's row holds the others up, and not Verbatim: so this, without, stands beside
        // it.
        atLeast(targets, loaded, Kind.BARE, EVEN, 1.6);
        Ratio latency = Ratio.of(loaded.rounds(Kind.VERBATIM, ONE), loaded.rounds(Kind.BARE, ONE), Measured::p50);
        targets.add(Target.atMost("append, 1 caller: p50 to a bare one-row commit", latency, 1.6));
        return targets;
    }

    private static void atLeast(List<Target> targets, Loaded loaded, Kind other, Load load, double wanted) {
        String what = "append, " + load.callers() + " callers" + (load.skew() == 0 ? ", all conversations alike" : "")
                + ": to " + other.title();
        targets.add(Target.atLeast(what, loaded.verbatimTo(other, load), wanted));
    }
}
