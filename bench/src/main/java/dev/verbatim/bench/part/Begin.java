package dev.verbatim.bench.part;

import dev.verbatim.bench.Plan;
import dev.verbatim.bench.load.Work;
import dev.verbatim.bench.process.ChildProcess;
import dev.verbatim.bench.process.Site;
import dev.verbatim.bench.rival.Kind;
import dev.verbatim.bench.rival.Rival;

/** Gives the JVM of a rival the time to compile what it runs: without, who has more code is measured while it waits for that. */
final class Begin {
    private static final String KEYS = "begin";
    private static final int CONVERSATIONS = 100;
    private static final int CALLERS = 16;

    private Begin() {}

    /** Loads {@code kind} once, however many parts measure it; it must be open. */
    static void once(Site site, Plan plan, Kind kind) {
        if (!site.isFirst(kind)) {
            return;
        }
        ChildProcess child = site.of(kind);
        long millis = plan.begin().toMillis() / 2;
        child.tell("fill", KEYS, CONVERSATIONS, Rival.WINDOW, 0);
        for (Work.Kind what : new Work.Kind[] {Work.Kind.READ, Work.Kind.APPEND}) {
            child.tell("closed", what, CALLERS, millis, KEYS, CONVERSATIONS, 0);
        }
    }
}
