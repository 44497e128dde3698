package dev.verbatim.interleaving;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The bounds of a search. It begins with a conversation of one message and no entry.
 *
 * @param readers how many there are
 * @param rounds how often each reads
 * @param chances how often each {@link Chance} may come
 */
record Scenario(String name, int readers, int rounds, long chances) {
    static final Scenario APPENDS =
            of("appends", 2, 2).with(Chance.APPEND, 3).with(Chance.FLUSH, 2).with(Chance.EXPIRY, 2);

    static final Scenario LOSSES =
            of("losses", 2, 2).with(Chance.APPEND, 3).with(Chance.LOSS, 1).with(Chance.AGAIN, 1);

    static final Scenario REPEATS =
            of("repeats", 2, 2).with(Chance.APPEND, 2).with(Chance.REPEAT, 1).with(Chance.AGAIN, 1);

    static final Scenario GENERATIONS = of("generations", 2, 2)
            .with(Chance.APPEND, 1)
            .with(Chance.EDIT, 1)
            .with(Chance.DELETE, 1)
            .with(Chance.LOSS, 1);

    static final Scenario MADE_ANEW = of("made anew", 2, 2)
            .with(Chance.APPEND, 1)
            .with(Chance.DELETE, 1)
            .with(Chance.CREATE, 1)
            .with(Chance.FLUSH, 1);

    static final Scenario FAILOVER =
            of("failover", 2, 2).with(Chance.APPEND, 2).with(Chance.COPY, 1).with(Chance.RESTORE, 1);

    static final Scenario RAISED =
            of("raised epoch", 2, 2).with(Chance.APPEND, 3).with(Chance.RAISE, 1);

    /** Those that take seconds. */
    static final List<Scenario> ALL = List.of(APPENDS, LOSSES, REPEATS, GENERATIONS, MADE_ANEW, FAILOVER, RAISED);

    /** Those that take minutes. */
    static final List<Scenario> LARGE = List.of(
            of("appends and losses", 2, 2)
                    .with(Chance.APPEND, 3)
                    .with(Chance.LOSS, 1)
                    .with(Chance.AGAIN, 1)
                    .with(Chance.FLUSH, 1)
                    .with(Chance.EXPIRY, 1),
            of("appends and generations", 2, 2)
                    .with(Chance.APPEND, 2)
                    .with(Chance.EDIT, 1)
                    .with(Chance.DELETE, 1)
                    .with(Chance.LOSS, 1),
            of("appends and failover", 2, 2)
                    .with(Chance.APPEND, 3)
                    .with(Chance.COPY, 1)
                    .with(Chance.RESTORE, 1),
            of("failover and raised epoch", 2, 2)
                    .with(Chance.APPEND, 2)
                    .with(Chance.COPY, 1)
                    .with(Chance.RESTORE, 1)
                    .with(Chance.RAISE, 1),
            of("three readers", 3, 2)
                    .with(Chance.APPEND, 3)
                    .with(Chance.FLUSH, 1)
                    .with(Chance.EXPIRY, 1));

    static Scenario of(String name, int readers, int rounds) {
        return new Scenario(name, readers, rounds, 0);
    }

    Scenario with(Chance chance, int times) {
        return new Scenario(name, readers, rounds, chance.given(chances, times));
    }

    State begin() {
        return new State(
                Log.begun(),
                Collections.nCopies(readers, Reader.idle(rounds)),
                State.NONE,
                State.NO_COPY,
                1,
                1,
                chances,
                End.NOTHING);
    }

    @Override
    public String toString() {
        List<String> limits = new ArrayList<>();
        for (Chance chance : Chance.values()) {
            if (chance.left(chances) > 0) {
                limits.add(chance + " " + chance.left(chances));
            }
        }
        return name + " (" + readers + " readers, " + rounds + " rounds each; " + String.join(", ", limits) + ")";
    }
}
