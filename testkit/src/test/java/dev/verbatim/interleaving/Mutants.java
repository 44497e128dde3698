package dev.verbatim.interleaving;

import static dev.verbatim.interleaving.Protocol.REAL;

import dev.verbatim.interleaving.Protocol.Flaw;
import dev.verbatim.redis.ScriptCall.Script;
import java.util.List;
import java.util.stream.Stream;

/** The mutants that the search must find. */
final class Mutants {
    private static final String STALE = "STALE";
    private static final String STUCK = "STUCK";
    private static final String WRONG_LINES = "WRONG LINES";

    private static final Protocol NEED_WITHOUT_GEN = REAL.with(Flaw.NEED_WITHOUT_GEN)
            .with(Script.APPLY, "local need = gen .. ' '", "local need = ZERO .. ' '")
            .with(Script.NOTE, "local need = ARGV[2] .. ' '", "local need = ZERO .. ' '");

    private Mutants() {}

    static List<Mutant> all() {
        return Stream.concat(designs().stream(), omissions().stream()).toList();
    }

    /** The simpler designs that were refused when this one was chosen. */
    private static List<Mutant> designs() {
        return List.of(
                new Mutant(
                        "a writer stores what it read",
                        REAL.with(Flaw.WRITER_STORES).with(Script.STORE, "setex"),
                        Scenario.APPENDS,
                        STALE),
                new Mutant(
                        "the newest version wins, without lease",
                        REAL.with(Flaw.NO_LEASE).with(Script.FILL, "newest-wins"),
                        Scenario.APPENDS,
                        STALE),
                new Mutant(
                        "a tombstone without lease",
                        REAL.with(Flaw.NO_LEASE)
                                .with(Script.APPLY, "tombstone")
                                .with(Script.FILL, "fill-over-tombstone"),
                        Scenario.APPENDS,
                        STALE),
                new Mutant(
                        "a lease without need",
                        REAL.with(Script.APPLY, "if need < pair(head, NEED) then", "if true then"),
                        Scenario.APPENDS,
                        STALE),
                new Mutant("need without gen: deleted text is back", NEED_WITHOUT_GEN, Scenario.GENERATIONS, STALE),
                new Mutant("need without gen: never served again", NEED_WITHOUT_GEN, Scenario.GENERATIONS, STUCK),
                new Mutant(
                        "an apply without lines taken for one with lines",
                        REAL.with(
                                        Script.APPLY,
                                        "or ARGV[3] ~= field(head, HI) then",
                                        "or (ARGV[3] ~= '' and ARGV[3] ~= field(head, HI)) then")
                                .with(Script.APPLY, "elseif ARGV[5] ==", "elseif ARGV[3] == '' or ARGV[5] =="),
                        Scenario.REPEATS,
                        WRONG_LINES),
                new Mutant("a token used twice", REAL.with(Flaw.ONE_TOKEN), Scenario.APPENDS, STALE),
                new Mutant(
                        "no new epoch after a failover with loss",
                        REAL.with(Flaw.SAME_EPOCH),
                        Scenario.FAILOVER,
                        STALE));
    }

    /** Single steps or conditions left out. */
    private static List<Mutant> omissions() {
        return List.of(
                new Mutant(
                        "a fill under anybody's lease",
                        REAL.with(Script.FILL, "field(head, LEASE) ~= ARGV[2] or ", ""),
                        Scenario.APPENDS,
                        STALE),
                new Mutant(
                        "lines added wherever the entry ends",
                        REAL.with(Script.APPLY, " or ARGV[3] ~= field(head, HI) then", " then"),
                        Scenario.APPENDS,
                        WRONG_LINES),
                new Mutant(
                        "apply leaves another epoch's entry",
                        REAL.with(Script.APPLY, "local head = load_or_drop(", "local head = load("),
                        Scenario.RAISED,
                        STALE),
                new Mutant(
                        "note leaves another epoch's entry",
                        REAL.with(Script.NOTE, "local head = load_or_drop(", "local head = load("),
                        Scenario.RAISED,
                        STALE),
                new Mutant(
                        "readers keep to themselves what they saw",
                        REAL.with(Flaw.SILENT_READERS),
                        Scenario.APPENDS,
                        STALE),
                new Mutant(
                        "readers keep to themselves that it is gone",
                        REAL.with(Flaw.SILENT_ABOUT_GONE),
                        Scenario.GENERATIONS,
                        STALE),
                new Mutant(
                        "a create leaves the entry of before",
                        REAL.with(Flaw.SILENT_CREATES),
                        Scenario.MADE_ANEW,
                        STALE),
                new Mutant("a loss taken for done", REAL.with(Flaw.LOSS_IGNORED), Scenario.LOSSES, STALE));
    }
}
