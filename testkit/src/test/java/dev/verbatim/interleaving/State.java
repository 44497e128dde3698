package dev.verbatim.interleaving;

import dev.verbatim.redis.EntryText;
import java.util.ArrayList;
import java.util.List;

/**
 * All there is between two steps. Immutable.
 *
 * @param entry what Redis holds, as {@link EntryText} has it
 * @param copy an earlier entry that may come back, if there is one
 * @param epoch the current one
 * @param trusted the oldest epoch whose entries a server that has not heard of a newer one may still serve
 * @param chances what may still happen
 * @param required what Redis was told of, was acknowledged or shown to somebody: nothing older may be served
 */
record State(
        Log log, List<Reader> readers, String entry, String copy, int epoch, int trusted, long chances, End required) {
    static final String NONE = EntryText.ABSENT;
    static final String NO_COPY = EntryText.ABSENT;

    State {
        readers = List.copyOf(readers);
    }

    boolean may(Chance chance) {
        return chance.left(chances) > 0;
    }

    State took(Chance chance) {
        return new State(log, readers, entry, copy, epoch, trusted, chance.taken(chances), required);
    }

    State withLog(Log next) {
        return new State(next, readers, entry, copy, epoch, trusted, chances, required);
    }

    State withChange(int at, Change change) {
        return withLog(log.with(at, change));
    }

    State withReader(int at, Reader reader) {
        List<Reader> all = new ArrayList<>(readers);
        all.set(at, reader);
        return withReaders(all);
    }

    State withReaders(List<Reader> next) {
        return new State(log, next, entry, copy, epoch, trusted, chances, required);
    }

    State withEntry(String next) {
        return new State(log, readers, next, copy, epoch, trusted, chances, required);
    }

    State withCopy(String next) {
        return new State(log, readers, entry, next, epoch, trusted, chances, required);
    }

    State withEpoch(int next, int oldest) {
        return new State(log, readers, entry, copy, next, oldest, chances, required);
    }

    State requiring(End end) {
        return end.isBehind(required) || end.equals(required)
                ? this
                : new State(log, readers, entry, copy, epoch, trusted, chances, end);
    }

    @Override
    public String toString() {
        return "entry: " + EntryText.shown(entry) + "; log: " + log.changes() + "; required: " + required
                + "; readers: " + readers + (epoch > 1 ? "; epoch: " + epoch : "");
    }
}
