package dev.verbatim.faults;

import dev.verbatim.embedded.EmbeddedBinaries;
import dev.verbatim.faults.load.Load;
import dev.verbatim.faults.load.QuietReads;
import dev.verbatim.faults.load.Sentences;
import dev.verbatim.faults.load.Target;
import dev.verbatim.faults.schedule.Player;
import dev.verbatim.faults.site.Service;
import dev.verbatim.faults.site.Site;
import dev.verbatim.testkit.history.Fault;
import dev.verbatim.testkit.history.History;
import dev.verbatim.testkit.history.HistoryChecker;
import dev.verbatim.testkit.history.HistoryRecorder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One run, from the start of all processes to what the checker says. */
final class Run {
    static final Path SENTENCES = Path.of("..", "examples", "dialogues-200.jsonl");
    private static final int SERVICES = 2;

    /** Faults take a while to settle. */
    private static final Duration REST = Duration.ofSeconds(2);

    private final EmbeddedBinaries binaries;
    private final Path directory;
    private final RunPlan plan;

    /** A run whose traces are kept in {@code target}. */
    Run(EmbeddedBinaries binaries, Path target, RunPlan plan) throws IOException {
        this.binaries = binaries;
        this.plan = plan;
        directory = Traces.emptyDirectory(target.resolve(plan.name()));
    }

    Outcome run() throws IOException, SQLException {
        Path file = directory.resolve("history.txt");
        Files.writeString(directory.resolve("schedule.txt"), plan.schedule().toString());
        Player player;
        Load load;
        List<Fault> slow;
        try (Site site = Site.start(directory, binaries, SERVICES, plan.program(), plan.redis());
                HistoryRecorder recorder = HistoryRecorder.create(file)) {
            List<Target> targets = targets(site);
            load = new Load(plan.load(), targets, new Sentences(SENTENCES), recorder);
            player = new Player(site, load, recorder);
            plan.prepared().accept(site);
            play(site, load, player);
            slow = noteSlowness(site, recorder);
            look(site, targets, load.conversations(), recorder);
            targets.forEach(Target::close);
        }
        Outcome outcome = new Outcome(
                plan.seed(),
                HistoryChecker.check(History.read(List.of(file))),
                player.happened(),
                Slowness.of(slow, player.faults()),
                load.unforeseen());
        Files.writeString(directory.resolve("report.txt"), outcome.toString());
        return outcome;
    }

    private static List<Target> targets(Site site) {
        List<Target> targets = new ArrayList<>();
        for (Service service : site.services()) {
            targets.add(new Target(service.clients().port()));
        }
        return targets;
    }

    private void play(Site site, Load load, Player player) {
        load.start(plan.seed());
        Pause.of(REST);
        site.redis().saveDump();
        player.play(plan.schedule());
        while (load.calls() < plan.calls()) {
            Pause.of(REST);
        }
        load.stop();
        site.settle();
        Pause.of(REST);
    }

    private static List<Fault> noteSlowness(Site site, HistoryRecorder recorder) throws IOException {
        List<Fault> slow = new ArrayList<>();
        for (Service service : site.services()) {
            slow.addAll(SlowFaults.read(service.node().slowMoments()));
        }
        slow.forEach(recorder::fault);
        return slow;
    }

    /** What is there in the end: through each service, and in PostgreSQL itself. */
    private static void look(
            Site site, List<Target> targets, Map<String, List<String>> conversations, HistoryRecorder recorder)
            throws IOException, SQLException {
        for (int i = 0; i < targets.size(); i++) {
            QuietReads.through(targets.get(i), "service-" + i, conversations, recorder);
        }
        try (Connection connection = site.postgres().connect("postgres")) {
            recorder.finalLog(FinalLog.read(connection));
        }
    }
}
