package dev.verbatim.interleaving;

import dev.verbatim.interleaving.Reader.Step;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Readers do the same: states in which only their places, and with them the names of their tokens, are exchanged are
 * one. For one thread.
 */
final class Symmetry {
    private static final Comparator<Reader> ORDER = Comparator.comparing(Reader::step)
            .thenComparingInt(Reader::rounds)
            .thenComparingInt(Reader::seen)
            .thenComparingInt(Reader::epoch);

    private final Scripts scripts;

    Symmetry(Scripts scripts) {
        this.scripts = scripts;
    }

    /** The token of the reader in a place. */
    static long token(int at) {
        return at + 1L;
    }

    /** The one state that stands for all that are as {@code state}. */
    State one(State state) {
        return isSorted(state.readers()) ? state : sorted(state);
    }

    /** Whether no two can be exchanged; those that are idle have no token. */
    private static boolean isSorted(List<Reader> readers) {
        for (int at = 1; at < readers.size(); at++) {
            Reader before = readers.get(at - 1);
            if (before.step() != Step.IDLE || ORDER.compare(before, readers.get(at)) > 0) {
                return false;
            }
        }
        return true;
    }

    private State sorted(State state) {
        long inEntry = scripts.token(state.entry());
        long inCopy = scripts.token(state.copy());
        List<Integer> places = IntStream.range(0, state.readers().size())
                .boxed()
                .sorted(Comparator.comparing(state.readers()::get, ORDER)
                        .thenComparing(at -> token(at) == inEntry)
                        .thenComparing(at -> token(at) == inCopy))
                .toList();
        int entryFrom = places.indexOf((int) inEntry - 1);
        int copyFrom = places.indexOf((int) inCopy - 1);
        return state.withReaders(places.stream().map(state.readers()::get).toList())
                .withEntry(entryFrom < 0 ? state.entry() : scripts.renamed(state.entry(), inEntry, token(entryFrom)))
                .withCopy(copyFrom < 0 ? state.copy() : scripts.renamed(state.copy(), inCopy, token(copyFrom)));
    }
}
