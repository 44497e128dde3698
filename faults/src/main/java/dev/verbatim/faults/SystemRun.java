package dev.verbatim.faults;

import dev.verbatim.faults.load.Load;
import dev.verbatim.faults.load.LoadPlan;
import dev.verbatim.faults.load.QuietReads;
import dev.verbatim.faults.load.Sentences;
import dev.verbatim.faults.load.Target;
import dev.verbatim.faults.site.ServiceNode;
import dev.verbatim.faults.site.SystemPostgres;
import dev.verbatim.faults.site.SystemSite;
import dev.verbatim.testkit.history.Fault;
import dev.verbatim.testkit.history.FinalConversation;
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
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** A run on the system's PostgreSQL in which one thing happens that takes another PostgreSQL, or another state of it. */
abstract class SystemRun {
    static final Duration WHILE = Duration.ofSeconds(12);

    private static final Path SENTENCES = Path.of("..", "examples", "dialogues-200.jsonl");
    private static final Duration REST = Duration.ofSeconds(2);
    private static final LoadPlan LOAD = new LoadPlan(8, 8, 48, 500);

    final Path directory;
    private final long seed;
    private final Map<String, Integer> happened = new TreeMap<>();
    private final List<Fault> faults = new ArrayList<>();

    SystemRun(Path target, String name, long seed) throws IOException {
        this.directory = Traces.emptyDirectory(target.resolve(name + "-" + seed));
        this.seed = seed;
    }

    /** Starts all processes. */
    abstract SystemSite start();

    /** Does what this run is for, while services are under load; returns what of the history then is to be checked. */
    abstract UnaryOperator<History> play(SystemSite site, HistoryRecorder recorder) throws SQLException;

    /** The PostgreSQL that counts in the end. */
    abstract SystemPostgres inEnd(SystemSite site);

    final Outcome run() throws IOException, SQLException {
        Path file = directory.resolve("history.txt");
        Load load;
        UnaryOperator<History> judged;
        List<Fault> slow;
        try (SystemSite site = start();
                HistoryRecorder recorder = HistoryRecorder.create(file)) {
            Runtime.getRuntime().addShutdownHook(new Thread(site::close, "system-site"));
            List<Target> targets = site.services().stream()
                    .map(ServiceNode::port)
                    .map(Target::new)
                    .toList();
            load = new Load(LOAD, targets, new Sentences(SENTENCES), recorder);
            load.start(seed);
            Pause.of(WHILE);
            judged = play(site, recorder);
            Pause.of(WHILE);
            load.stop();
            site.awaitReady();
            slow = noteSlowness(site, recorder);
            Pause.of(REST);
            for (int i = 0; i < targets.size(); i++) {
                QuietReads.through(targets.get(i), "service-" + i, load.conversations(), recorder);
            }
            recorder.finalLog(content(inEnd(site)));
            targets.forEach(Target::close);
        }
        History history = judged.apply(History.read(List.of(file)));
        Outcome outcome = new Outcome(
                seed, HistoryChecker.check(history), happened, Slowness.of(slow, faults), load.unforeseen());
        Files.writeString(directory.resolve("report.txt"), outcome.toString());
        return outcome;
    }

    private static List<Fault> noteSlowness(SystemSite site, HistoryRecorder recorder) throws IOException {
        List<Fault> slow = new ArrayList<>();
        for (ServiceNode service : site.services()) {
            slow.addAll(SlowFaults.read(service.slowMoments()));
        }
        slow.forEach(recorder::fault);
        return slow;
    }

    /** Notes a fault. */
    final void fault(HistoryRecorder recorder, Fault fault) {
        recorder.fault(fault);
        faults.add(fault);
        happened.merge(fault.name(), 1, Integer::sum);
    }

    static List<FinalConversation> content(SystemPostgres postgres) throws SQLException {
        try (Connection connection = postgres.connect()) {
            return FinalLog.read(connection);
        }
    }
}
