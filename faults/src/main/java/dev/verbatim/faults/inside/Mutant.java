package dev.verbatim.faults.inside;

import dev.verbatim.MutantAdvice;
import dev.verbatim.postgres.PostgresMutantAdvice;
import dev.verbatim.redis.RedisMutantAdvice;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A service that is wrong in one way, to see that the runs find it. */
public enum Mutant {
    ACK_BEFORE_COMMIT,
    NO_REPEAT_CHECK,
    APPLY_BEFORE_COMMIT,
    NO_TAIL,
    FILL_WITHOUT_LEASE;

    private static final String POSTGRES = "dev.verbatim.postgres.";
    private static final String TAIL = "dev.verbatim.redis.RedisTail";

    List<Mutation> mutations() {
        return switch (this) {
            case ACK_BEFORE_COMMIT ->
                List.of(new Mutation(POSTGRES + "AppendBatch", "run", PostgresMutantAdvice.AckBeforeCommit.class));
            case NO_REPEAT_CHECK ->
                List.of(new Mutation(POSTGRES + "AppendStatements", "repeats", PostgresMutantAdvice.NoRepeats.class));
            case APPLY_BEFORE_COMMIT ->
                List.of(
                        new Mutation(POSTGRES + "BatchRunner", "<init>", PostgresMutantAdvice.KeepAfterCommit.class),
                        new Mutation(POSTGRES + "AppendBatch", "run", PostgresMutantAdvice.ApplyBeforeCommit.class));
            case NO_TAIL ->
                List.of(
                        new Mutation(POSTGRES + "Poll", "changes", PostgresMutantAdvice.NothingChanged.class),
                        new Mutation("dev.verbatim.Drain", "run", MutantAdvice.NoDrain.class),
                        new Mutation("dev.verbatim.ChangeTail", "state", MutantAdvice.AlwaysFresh.class));
            case FILL_WITHOUT_LEASE ->
                List.of(
                        new Mutation(TAIL, "lease", RedisMutantAdvice.NoLease.class),
                        new Mutation(TAIL, "fill", RedisMutantAdvice.LateLease.class));
        };
    }

    /** How it is called: {@code no-tail}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Mutant of(String label) {
        return Arrays.stream(values())
                .filter(mutant -> mutant.label().equals(label))
                .findFirst()
                .orElseThrow();
    }
}
