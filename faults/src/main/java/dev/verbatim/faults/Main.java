package dev.verbatim.faults;

import dev.verbatim.embedded.EmbeddedBinaries;
import dev.verbatim.faults.site.RedisSetup;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

/** Runs what it is told to, and ends with status 1 when a promise was broken. */
public final class Main {
    private static final int SEEDS = 1_000_000;

    private final EmbeddedBinaries binaries;
    private final Path target = Path.of("target");

    private Main(EmbeddedBinaries binaries) {
        this.binaries = binaries;
    }

    /** {@code java -jar faults.jar WHAT [SEED [NAME...]]}, in the module's directory. */
    public static void main(String[] args) throws Exception {
        long seed = args.length > 1 ? Long.parseLong(args[1]) : System.currentTimeMillis() % SEEDS;
        List<String> names = Arrays.asList(args).subList(Math.min(2, args.length), args.length);
        try (EmbeddedBinaries binaries = EmbeddedBinaries.open(Path.of("target", "servers"))) {
            System.exit(new Main(binaries).isGood(args.length > 0 ? args[0] : "", seed, names) ? 0 : 1);
        }
    }

    private boolean isGood(String what, long seed, List<String> names) throws IOException, SQLException {
        return switch (what) {
            case "short" -> isClean(Plans.brief(seed));
            case "long" -> isClean(Plans.extended(seed));
            case "only" -> isClean(Plans.only(seed, names));
            case "cluster" -> isAnswered(Plans.failover(seed, RedisSetup.CLUSTER));
            case "sentinel" -> isAnswered(Plans.failover(seed, RedisSetup.SENTINELS));
            case "mutants" -> new Mutants(binaries, target).allAreCaught(seed, names);
            case "without-redis" -> new WithoutRedis(binaries, target).allIsAnswered(seed);
            case "upgrade" -> isClean(Plans.upgrade(seed, Path.of(names.getFirst())));
            case "standby" ->
                areClean(List.of(
                        new PromotionRun(binaries, target, seed, true),
                        new PromotionRun(binaries, target, seed, false)));
            case "restore" -> areClean(List.of(new RestoreRun(binaries, target, seed)));
            default ->
                throw new IllegalArgumentException(
                        "say short, long, only, cluster, sentinel, mutants, without-redis, upgrade, standby or restore");
        };
    }

    private boolean isClean(RunPlan plan) throws IOException, SQLException {
        Outcome outcome = new Run(binaries, target, plan).run();
        System.out.print(outcome);
        return outcome.isClean();
    }

    /** Only Redis is broken, which is no reason for a call to fail. */
    private boolean isAnswered(RunPlan plan) throws IOException, SQLException {
        Outcome outcome = new Run(binaries, target, plan).run();
        System.out.print(outcome);
        if (outcome.unanswered() > 0) {
            System.out.println("UNANSWERED, though only Redis was broken: " + outcome.unanswered());
        }
        return outcome.isClean() && outcome.unanswered() == 0;
    }

    private static boolean areClean(List<SystemRun> runs) throws IOException, SQLException {
        boolean clean = true;
        for (SystemRun run : runs) {
            Outcome outcome = run.run();
            System.out.print(outcome);
            clean &= outcome.isClean();
        }
        return clean;
    }
}
