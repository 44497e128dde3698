package dev.verbatim.faults;

import dev.verbatim.embedded.EmbeddedBinaries;
import dev.verbatim.faults.inside.Mutant;
import dev.verbatim.faults.load.LoadPlan;
import dev.verbatim.faults.schedule.Schedule;
import dev.verbatim.faults.site.Program;
import dev.verbatim.faults.site.Site;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Runs services that are wrong on purpose: each must be found out. */
final class Mutants {
    private static final int TRIES = 3;
    private static final int FAULTS = 1;
    private static final int CALLS = 3_000;
    private static final Duration LONGEST = Duration.ofSeconds(3);
    private static final Duration SLOW_READER = Duration.ofMillis(30);
    private static final Duration EVICTIONS = Duration.ofMillis(10);
    private static final LoadPlan OFTEN = new LoadPlan(4, 4, 48, 400);
    private static final LoadPlan CROWDED = new LoadPlan(2, 3, 48, 400);
    private static final LoadPlan SELDOM = new LoadPlan(8, 40, 48, 400);

    private final EmbeddedBinaries binaries;
    private final Path target;

    Mutants(EmbeddedBinaries binaries, Path target) {
        this.binaries = binaries;
        this.target = target;
    }

    /**
     * Whether each was caught, or each that is named, and the service as it is was not; says of each by what. When that
     * one is not clean, what the others would be caught by shows nothing, and they are not run.
     */
    boolean allAreCaught(long seed, List<String> names) throws IOException, SQLException {
        List<String> lines = new ArrayList<>();
        boolean all = true;
        List<Mutant> mutants = Arrays.stream(Mutant.values())
                .filter(mutant -> names.isEmpty() || names.contains(mutant.label()))
                .toList();
        if (!asItIsIsClean(mutants, seed)) {
            System.out.println("NOT CLEAN: the service as it is, so that nothing can be said of the mutants");
            return false;
        }
        for (Mutant mutant : mutants) {
            String caught = tryAll(mutant, seed);
            all &= !caught.isEmpty();
            lines.add(mutant.label() + ": " + (caught.isEmpty() ? "NOT CAUGHT, seeds from " + seed : caught));
        }
        lines.forEach(System.out::println);
        return all && !mutants.isEmpty();
    }

    private boolean asItIsIsClean(List<Mutant> mutants, long seed) throws IOException, SQLException {
        Outcome outcome = new Run(binaries, target, control(mutants, seed)).run();
        System.out.print("as it is\n" + outcome);
        return outcome.isClean();
    }

    private String tryAll(Mutant mutant, long seed) throws IOException, SQLException {
        long begun = System.nanoTime();
        for (long one = seed; one < seed + TRIES; one++) {
            Outcome outcome = new Run(binaries, target, plan(mutant, one)).run();
            System.out.print(mutant.label() + "\n" + outcome);
            if (!outcome.report().isClean()) {
                return "caught with seed " + one + " by " + outcome.report().violations() + " in "
                        + (System.nanoTime() - begun) / 1_000_000_000 + " s";
            }
        }
        return "";
    }

    /** The service as it is, with all at once that is done to find out these mutants. */
    static RunPlan control(List<Mutant> mutants, long seed) {
        List<String> kinds = mutants.stream()
                .flatMap(mutant -> provoking(mutant).stream())
                .distinct()
                .toList();
        return new RunPlan(
                "run-as-it-is-" + seed,
                seed,
                Program.BREAKABLE,
                CROWDED,
                Schedule.ofNamed(seed, FAULTS, LONGEST, kinds).calmer(Plans.CALM),
                mutants.stream().map(Mutants::prepared).reduce(site -> {}, Consumer::andThen),
                CALLS);
    }

    private static RunPlan plan(Mutant mutant, long seed) {
        return new RunPlan(
                "run-" + mutant.label() + "-" + seed,
                seed,
                new Program.Breakable(Optional.of(mutant.label())),
                load(mutant),
                Schedule.ofNamed(seed, FAULTS, LONGEST, provoking(mutant)),
                prepared(mutant),
                CALLS);
    }

    private static LoadPlan load(Mutant mutant) {
        return switch (mutant) {
            case NO_TAIL -> SELDOM;
            case FILL_WITHOUT_LEASE -> CROWDED;
            default -> OFTEN;
        };
    }

    private static List<String> provoking(Mutant mutant) {
        return switch (mutant) {
            case ACK_BEFORE_COMMIT, APPLY_BEFORE_COMMIT -> List.of("kill-before-commit");
            case NO_REPEAT_CHECK -> List.of("hasty-clients", "reset-clients");
            case NO_TAIL -> List.of("hole-redis", "lost-requests-redis");
            // Outside of faults nothing may be stale.
            case FILL_WITHOUT_LEASE -> List.of();
        };
    }

    /** What else it takes to see that it is wrong; none of it is a fault. */
    private static Consumer<Site> prepared(Mutant mutant) {
        return switch (mutant) {
            case ACK_BEFORE_COMMIT, APPLY_BEFORE_COMMIT, NO_TAIL -> site -> {};
            // PostgreSQL itself would refuse the second one.
            case NO_REPEAT_CHECK -> site -> site.postgres().execute("DROP INDEX messages_brought");
            case FILL_WITHOUT_LEASE ->
                site -> {
                    site.services().forEach(service -> service.node().slowDown("after-read", SLOW_READER));
                    Thread.ofVirtual().start(() -> evict(site));
                };
        };
    }

    /** Takes entries away, as a Redis does that has little room. */
    private static void evict(Site site) {
        while (!site.isClosed()) {
            try {
                site.redis().send("EVAL \"return redis.call('DEL',redis.call('RANDOMKEY')or'none')\" 0");
            } catch (UncheckedIOException e) {
                // It ends just now.
            }
            Pause.of(EVICTIONS);
        }
    }
}
