package dev.verbatim.faults;

import dev.verbatim.embedded.EmbeddedBinaries;
import dev.verbatim.faults.load.Dialogues;
import dev.verbatim.faults.load.SteadyLoad;
import dev.verbatim.faults.load.Target;
import dev.verbatim.faults.site.Program;
import dev.verbatim.faults.site.RedisSetup;
import dev.verbatim.faults.site.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** One service under a steady load loses Redis and gets it back: no call may fail, not even with 429. */
final class WithoutRedis {
    private static final int CALLS_PER_SECOND = 1_000;
    private static final Duration WARM_UP = Duration.ofSeconds(30);
    private static final Duration WITH_REDIS = Duration.ofSeconds(20);
    private static final Duration WARMING = Duration.ofSeconds(5);
    private static final Duration AWAY = Duration.ofSeconds(30);

    private final EmbeddedBinaries binaries;
    private final Path target;

    WithoutRedis(EmbeddedBinaries binaries, Path target) {
        this.binaries = binaries;
        this.target = target;
    }

    /** Whether every call was answered as it should be; says how long that took. */
    boolean allIsAnswered(long seed) throws IOException {
        Path directory = Traces.emptyDirectory(target.resolve("run-without-redis-" + seed));
        try (Site site = Site.start(directory, binaries, 1, Program.Released.now(), RedisSetup.SERVER);
                Target service = new Target(site.services().getFirst().node().port())) {
            SteadyLoad load = new SteadyLoad(service, new Dialogues(Run.SENTENCES), seed, CALLS_PER_SECOND);
            load.prepare();
            load.start("warming up");
            Pause.of(WARM_UP);
            phase(load, "with Redis", WITH_REDIS);
            site.redis().kill();
            phase(load, "without Redis", AWAY);
            site.redis().startEmpty();
            phase(load, "Redis is back, at first", WARMING);
            phase(load, "Redis is back, later", WITH_REDIS);
            String report = "seed " + seed + ", " + CALLS_PER_SECOND + " calls a second\n" + load.end();
            System.out.println(report);
            Files.writeString(directory.resolve("report.txt"), report);
            return load.isAllWell();
        }
    }

    private static void phase(SteadyLoad load, String name, Duration length) {
        load.phase(name);
        Pause.of(length);
    }
}
