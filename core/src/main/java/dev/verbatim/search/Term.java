package dev.verbatim.search;

import java.util.List;

/**
 * One thing a query asks for: units that follow each other.
 *
 * @param units at least one
 * @param quoted whether it is to be found exactly so
 * @param negated whether what has it is not to be found
 */
record Term(List<Unit> units, boolean quoted, boolean negated) {
    /** From so many characters on a word also stands for those that begin with it. */
    private static final int SHORTEST_PART = 3;

    private static final int SHORTEST_PART_OF_SYLLABLES = 2;

    /** From here on scripts mostly write syllables, as Korean does: two of them say as much as three letters. */
    private static final int FIRST_SYLLABLE = 0x0900;

    Term {
        units = List.copyOf(units);
    }

    /** Whether the last word may be the beginning of a longer one. */
    boolean open() {
        Unit last = units.getLast();
        if (quoted || negated || last.alone()) {
            return false;
        }
        int shortest = last.word().codePointAt(0) < FIRST_SYLLABLE ? SHORTEST_PART : SHORTEST_PART_OF_SYLLABLES;
        return last.word().codePointCount(0, last.word().length()) >= shortest;
    }

    /** Whether these units stand in {@code text} from {@code at} on. */
    boolean isAt(List<Unit> text, int at) {
        int size = units.size();
        if (at + size > text.size()) {
            return false;
        }
        for (int i = 0; i < size; i++) {
            String word = text.get(at + i).word();
            String wanted = units.get(i).word();
            boolean same = (i == size - 1 && open()) ? word.startsWith(wanted) : word.equals(wanted);
            if (!same) {
                return false;
            }
        }
        return true;
    }

    /** Whether the last word at {@code at}, where these units stand, is the whole word. */
    boolean isWholeAt(List<Unit> text, int at) {
        return text.get(at + units.size() - 1).word().equals(units.getLast().word());
    }
}
