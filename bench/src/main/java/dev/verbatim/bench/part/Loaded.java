package dev.verbatim.bench.part;

import dev.verbatim.bench.Plan;
import dev.verbatim.bench.load.Measured;
import dev.verbatim.bench.load.Work;
import dev.verbatim.bench.process.ChildProcess;
import dev.verbatim.bench.process.Site;
import dev.verbatim.bench.report.Ratio;
import dev.verbatim.bench.report.Rounds;
import dev.verbatim.bench.rival.Kind;
import dev.verbatim.bench.rival.Rival;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Rivals under closed loops, in turn A B C A B C: what each did in each round. For one thread. */
final class Loaded {

    private final Site site;
    private final Plan plan;
    private final String keys;
    private double leastHits = 100;
    private final Rounds measured = new Rounds();

    /** @param keys what the names of the conversations begin with */
    Loaded(Site site, Plan plan, String keys) {
        this.site = site;
        this.plan = plan;
        this.keys = keys;
    }

    /**
     * A load.
     *
     * @param skew the exponent by which conversations are chosen
     */
    record Load(Work.Kind what, int callers, double skew) {
        private String of(Kind kind) {
            return kind + " " + this;
        }
    }

    /** Makes the conversations of a rival, {@link Rival#WINDOW} messages each. */
    void fill(Kind kind) {
        ChildProcess child = site.of(kind);
        child.tell("open");
        Begin.once(site, plan, kind);
        child.tell("fill", keys, plan.conversations(), Rival.WINDOW, 0);
        child.tell("close");
    }

    /** Opens a rival, warms it up, and puts it under each load, one after another. */
    void measure(Kind kind, List<Load> loads) {
        ChildProcess child = site.of(kind);
        child.tell("open");
        for (Load load : loads) {
            closed(child, load, plan.warmUp().toMillis());
            site.checkpoint();
            measured.add(load.of(kind), closed(child, load, plan.time().toMillis()));
        }
        if (kind == Kind.VERBATIM) {
            leastHits = Math.min(leastHits, Double.parseDouble(child.tell("hits")[0]));
        }
        child.tell("close");
    }

    /** How many of a hundred of Verbatim's reads Redis answered, in the round in which those were the fewest. */
    double leastHits() {
        return leastHits;
    }

    private Measured closed(ChildProcess child, Load load, long millis) {
        return Measured.parse(
                child.tell("closed", load.what(), load.callers(), millis, keys, plan.conversations(), load.skew()), 0);
    }

    boolean has(Kind kind, Load load) {
        return measured.names().contains(load.of(kind));
    }

    List<Measured> rounds(Kind kind, Load load) {
        return measured.of(load.of(kind));
    }

    double median(Kind kind, Load load, ToDoubleFunction<Measured> number) {
        return measured.median(load.of(kind), number);
    }

    /** How much more Verbatim did each second than another. */
    Ratio verbatimTo(Kind other, Load load) {
        return Ratio.of(rounds(Kind.VERBATIM, load), rounds(other, load), Measured::perSecond);
    }
}
