package dev.verbatim.faults;

import dev.verbatim.embedded.EmbeddedBinaries;
import dev.verbatim.faults.load.Load;
import dev.verbatim.faults.load.LoadPlan;
import dev.verbatim.faults.load.QuietReads;
import dev.verbatim.faults.load.Sentences;
import dev.verbatim.faults.load.Target;
import dev.verbatim.faults.site.Service;
import dev.verbatim.faults.site.ServiceSettings;
import dev.verbatim.faults.site.Site;
import dev.verbatim.testkit.history.Fault;
import dev.verbatim.testkit.history.History;
import dev.verbatim.testkit.history.HistoryChecker;
import dev.verbatim.testkit.history.HistoryRecorder;
import dev.verbatim.testkit.history.Report;
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
    private final Path target;
    private final long seed;

    Run(Path target, long seed) {
        this.target = target;
        this.seed = seed;
    }

    boolean run() throws IOException, SQLException {
        Path directory = Files.createDirectories(target.resolve("run-" + seed)).toRealPath();
        Path file = directory.resolve("history.txt");
        Files.deleteIfExists(file);
        try (EmbeddedBinaries binaries = EmbeddedBinaries.open(target.resolve("servers"));
                Site site = Site.start(directory, binaries, 2, new ServiceSettings(Map.of(), List.of()));
                HistoryRecorder recorder = HistoryRecorder.create(file)) {
            List<Target> targets = new ArrayList<>();
            for (Service service : site.services()) {
                targets.add(new Target(service.clients().port()));
            }
            Load load = new Load(
                    new LoadPlan(8, 8, 64, 600),
                    targets,
                    new Sentences(Path.of("../examples/dialogues-200.jsonl")),
                    recorder);
            load.start(seed);
            for (int i = 0; i < 4; i++) {
                Pause.of(Duration.ofSeconds(3));
                long from = System.nanoTime();
                site.services().get(i % 2).node().kill();
                site.services().get(i % 2).node().start();
                site.services().get(i % 2).node().awaitReady();
                recorder.fault(new Fault("kill-service", from, System.nanoTime()));
                System.out.println("killed after " + load.calls() + " calls");
            }
            Pause.of(Duration.ofSeconds(3));
            load.stop();
            site.settle();
            Pause.of(Duration.ofSeconds(2));
            for (int i = 0; i < targets.size(); i++) {
                QuietReads.through(targets.get(i), "service-" + i, load.conversations(), recorder);
            }
            try (Connection connection = site.postgres().connect("postgres")) {
                recorder.finalLog(FinalLog.read(connection));
            }
            System.out.println(load.unforeseen());
        }
        Report report = HistoryChecker.check(History.read(List.of(file)));
        System.out.println(report);
        return report.isClean();
    }
}
