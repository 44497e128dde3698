package dev.verbatim.faults;

import dev.verbatim.faults.load.LoadPlan;
import dev.verbatim.faults.schedule.Schedule;
import dev.verbatim.faults.site.Program;
import dev.verbatim.faults.site.RedisSetup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** The runs there are. */
final class Plans {
    private static final LoadPlan LOAD = new LoadPlan(8, 8, 64, 600);

    /** Leaves a small machine time to start services again. */
    private static final LoadPlan LIGHTER = new LoadPlan(8, 8, 64, 350);

    /** Many calls are to be outside of faults, where nothing may be stale at all. */
    static final Duration CALM = Duration.ofMillis(2_500);

    private static final Duration SHORT = Duration.ofMillis(2_500);

    private static final Duration SIDE_BY_SIDE = Duration.ofSeconds(8);

    private Plans() {}

    /** Each kind of fault at least once, and what once found something. */
    static RunPlan brief(long seed) {
        return new RunPlan(
                "run-" + seed,
                seed,
                Program.BREAKABLE,
                LIGHTER,
                Schedule.ofAll(seed, Schedule.kinds(), SHORT)
                        .then(Regressions.schedule(SHORT))
                        .calmer(CALM),
                site -> {},
                100_000);
    }

    static RunPlan extended(long seed) {
        return new RunPlan(
                "run-" + seed,
                seed,
                Program.BREAKABLE,
                LOAD,
                Schedule.ofAll(seed, 300, Duration.ofSeconds(10)),
                site -> {},
                1_000_000);
    }

    /** For looking into one kind of fault. */
    static RunPlan only(long seed, java.util.List<String> names) {
        return new RunPlan(
                "run-" + seed,
                seed,
                Program.BREAKABLE,
                LOAD,
                Schedule.ofNamed(seed, 10, Duration.ofSeconds(5), names).calmer(CALM),
                site -> {},
                0);
    }

    /** Each kind of fault that a cluster, or a primary with replicas and sentinels, can have. */
    static RunPlan failover(long seed, RedisSetup redis) {
        return new RunPlan(
                "run-" + redis.name().toLowerCase(Locale.ROOT) + "-" + seed,
                seed,
                Program.BREAKABLE,
                LOAD,
                Schedule.ofGroup(seed, redis, Duration.ofSeconds(4)).calmer(CALM),
                site -> {},
                0,
                redis);
    }

    /** Services are replaced by those of another version, and stand side by side with them for a while. */
    static RunPlan upgrade(long seed, Path older) {
        Program.Released before = new Program.Released(older.toAbsolutePath());
        return new RunPlan(
                "run-upgrade-" + seed,
                seed,
                before,
                LIGHTER,
                Schedule.ofUpgrades(seed, before, Program.Released.now()).calmer(SIDE_BY_SIDE),
                site -> {},
                0);
    }
}
