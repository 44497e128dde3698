package dev.verbatim.redis;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the four scripts must do, said once more and as simply as possible: one entry with its lines in a list. */
final class EntryModel {
    private static final class Entry {
        long gen;
        long lo;
        long needGen;
        long needSeq;
        boolean hasData;
        long token;
        List<String> lines = new ArrayList<>();

        long hi() {
            return hasData ? lo + lines.size() - 1 : 0;
        }

        boolean isPast(long other) {
            return other < needGen || (hasData && other < gen);
        }

        void need(long otherGen, long seq) {
            if (otherGen > needGen || (otherGen == needGen && seq > needSeq)) {
                needGen = otherGen;
                needSeq = seq;
            }
        }

        void store(long newGen, long newLo, List<String> newLines) {
            hasData = true;
            gen = newGen;
            lo = newLo;
            lines = new ArrayList<>(newLines);
        }

        void keepNewest(int count) {
            int gone = Math.max(0, lines.size() - count);
            lo += gone;
            lines = new ArrayList<>(lines.subList(gone, lines.size()));
        }
    }

    private final int window;
    private @Nullable Entry entry;

    EntryModel(int window) {
        this.window = window;
    }

    void vanish() {
        entry = null;
    }

    void expireLease() {
        if (entry != null) {
            entry.token = 0;
        }
    }

    boolean lease(long token) {
        if (entry == null) {
            entry = new Entry();
        }
        if (entry.token == 0) {
            entry.token = token;
        }
        return entry.token == token;
    }

    boolean fill(long token, long gen, long lo, List<String> lines) {
        Entry there = entry;
        if (there == null || there.token != token) {
            return false;
        }
        there.token = 0;
        if (there.isPast(gen)) {
            return false;
        }
        int gone = Math.max(0, lines.size() - window);
        long from = lo + gone;
        long to = lo + lines.size() - 1;
        List<String> kept = lines.subList(gone, lines.size());
        if (!there.hasData || gen != there.gen || from > there.hi() + 1) {
            there.store(gen, from, kept);
        } else if (to > there.hi() && from > there.lo) {
            there.lines.addAll(kept.subList((int) (there.hi() + 1 - from), kept.size()));
            cutWhenAFewAreOver(there);
        } else if (to > there.hi() || (to == there.hi() && from < there.lo)) {
            there.store(gen, from, kept);
        }
        return true;
    }

    long apply(long gen, long from, List<String> lines) {
        Entry there = entry;
        if (there == null || there.isPast(gen)) {
            return 0;
        }
        there.need(gen, from + lines.size() - 1);
        if (there.hasData && there.gen < gen) {
            there.hasData = false;
            there.gen = 0;
            there.lo = 0;
            there.lines.clear();
            return 1;
        }
        if (!there.hasData || lines.isEmpty() || from != there.hi() + 1) {
            return 1;
        }
        there.lines.addAll(lines);
        if (lines.size() > window) {
            there.keepNewest(window);
        } else {
            cutWhenAFewAreOver(there);
        }
        return 2;
    }

    private void cutWhenAFewAreOver(Entry there) {
        if (there.lines.size() > window + (window + 3) / 4) {
            there.keepNewest(window);
        }
    }

    long note(long gen, long seq) {
        Entry there = entry;
        if (there == null) {
            return 0;
        }
        long gen0 = there.needGen;
        long seq0 = there.needSeq;
        there.need(gen, seq);
        return gen0 != there.needGen || seq0 != there.needSeq ? 1 : 0;
    }

    /** As {@link RawRedis#state}. */
    @Nullable
    String state() {
        Entry there = entry;
        return there == null
                ? null
                : there.gen + " " + there.lo + " " + there.hi() + " " + there.needGen + " " + there.needSeq + " "
                        + (there.hasData ? 1 : 0);
    }

    List<String> lines() {
        Entry there = entry;
        return there == null ? List.of() : there.lines;
    }
}
