package dev.verbatim.bench.part;

import dev.verbatim.bench.Plan;
import dev.verbatim.bench.process.ChildProcess;
import dev.verbatim.bench.process.Site;
import dev.verbatim.bench.report.Ratio;
import dev.verbatim.bench.report.Section;
import dev.verbatim.bench.report.Table;
import dev.verbatim.bench.report.Target;
import dev.verbatim.bench.rival.Kind;
import java.util.List;
import java.util.Map;

/** How many reads of a simulated day Redis answers. */
final class DayPart implements Part {
    private static final int USERS = 10_000;
    private static final int FEW_USERS = 1_000;
    private static final double HUNDRED = 100;

    @Override
    public String name() {
        return "day";
    }

    @Override
    public Section run(Site site, Plan plan) {
        int users = plan.full() ? USERS : FEW_USERS;
        ChildProcess child = site.of(Kind.VERBATIM);
        child.tell("open");
        child.tell("fill", name(), users, 2, 0);
        site.redis().flush();
        String[] words = child.tell("day", users, users);
        child.tell("close");
        double reads = Double.parseDouble(words[0]);
        double rate = Double.parseDouble(words[1]) / reads * HUNDRED;
        Table table = new Table("", "")
                .row("users, and sessions in the day", users)
                .row("reads", reads)
                .row("hits, %", rate);
        String text =
                "Each user has one conversation and comes by Zipf's law; a session has 1 to 30 turns, 8 on average,"
                        + " 5 to 120 s apart, with two reads and two appends each; entries live for an hour. Store and Redis are"
                        + " real, the clock is not.\n\n" + table;
        return new Section(
                "A day", text, Map.of(), List.of(Target.atLeast("hit rate in the day, %", Ratio.of(rate), 93)));
    }
}
