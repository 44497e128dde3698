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

    private Main() {}

    /** {@code java -jar faults.jar short|long|mutants|cluster|sentinel|standby|restore|only [SEED [KIND...]]}, in the module's directory. */
    public static void main(String[] args) throws Exception {
        long seed = args.length > 1 ? Long.parseLong(args[1]) : System.currentTimeMillis() % SEEDS;
        Path target = Path.of("target");
        try (EmbeddedBinaries binaries = EmbeddedBinaries.open(target.resolve("servers"))) {
            if (args.length > 0 && args[0].equals("mutants")) {
                System.exit(new Mutants(binaries, target).allAreCaught(seed) ? 0 : 1);
            }
            if (args.length > 0 && List.of("standby", "restore").contains(args[0])) {
                System.exit(allAreClean(systemRuns(args[0], binaries, target, seed)) ? 0 : 1);
            }
            RunPlan plan = switch (args.length > 0 ? args[0] : "") {
                case "short" -> Plans.brief(seed);
                case "long" -> Plans.extended(seed);
                case "cluster" -> Plans.failover(seed, RedisSetup.CLUSTER);
                case "sentinel" -> Plans.failover(seed, RedisSetup.SENTINELS);
                case "only" -> Plans.only(seed, Arrays.asList(args).subList(2, args.length));
                default ->
                    throw new IllegalArgumentException(
                            "say short, long, mutants, cluster, sentinel, standby, restore or only");
            };
            Outcome outcome = new Run(binaries, target, plan).run();
            System.out.println("seed " + seed + "\n" + outcome);
            boolean allAnswered = plan.redis() == RedisSetup.SERVER || outcome.unanswered() == 0;
            if (!allAnswered) {
                System.out.println("UNANSWERED, though only Redis was broken: " + outcome.unanswered());
            }
            System.exit(outcome.isClean() && allAnswered ? 0 : 1);
        }
    }

    private static List<SystemRun> systemRuns(String name, EmbeddedBinaries binaries, Path target, long seed)
            throws IOException {
        return name.equals("restore")
                ? List.of(new RestoreRun(binaries, target, seed))
                : List.of(
                        new PromotionRun(binaries, target, seed, true),
                        new PromotionRun(binaries, target, seed, false));
    }

    private static boolean allAreClean(List<SystemRun> runs) throws IOException, SQLException {
        boolean clean = true;
        for (SystemRun run : runs) {
            Outcome outcome = run.run();
            System.out.println(outcome);
            clean &= outcome.isClean();
        }
        return clean;
    }
}
