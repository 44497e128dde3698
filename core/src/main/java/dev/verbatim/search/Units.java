package dev.verbatim.search;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Cuts text into {@link Unit}s, here and not in PostgreSQL, so that no locale and no extension of a server has a part in what
 * is found. A word is a run of letters, digits and their marks. Where words are written without spaces between them, each
 * character stands alone; an index of these and of pairs of them finds every run.
 */
final class Units {
    /** What is behind so many characters of a text is not searched. */
    static final int LONGEST_TEXT = 32_768;

    /** Below it there are neither scripts without spaces nor emoji, save for a few signs. */
    private static final int FIRST_ALONE = 0x0E00;

    private static final int PROLONGED_SOUND = 0x30FC;
    private static final int PROLONGED_SOUND_OF_HALF_WIDTH = 0xFF70;

    private static final Set<UnicodeScript> WITHOUT_SPACES = EnumSet.of(
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.THAI,
            UnicodeScript.LAO,
            UnicodeScript.KHMER,
            UnicodeScript.MYANMAR);

    private Units() {}

    /** What of {@code text} is searched: its beginning. */
    static String searched(String text) {
        return text.substring(0, end(text));
    }

    private static int end(String text) {
        return text.length() <= LONGEST_TEXT || text.codePointCount(0, text.length()) <= LONGEST_TEXT
                ? text.length()
                : text.offsetByCodePoints(0, LONGEST_TEXT);
    }

    /** The units of {@code text}, in their order. */
    static List<Unit> of(String text) {
        int end = end(text);
        List<Unit> units = new ArrayList<>();
        int at = 0;
        while (at < end) {
            int c = text.codePointAt(at);
            int next = at + Character.charCount(c);
            if (isAlone(c)) {
                next = voicingEnd(text, next, end);
                units.add(new Unit(Folding.single(text.substring(at, next)), at, next, true));
            } else if (isOfWord(c)) {
                next = wordEnd(text, next, end);
                String word = Folding.word(text.substring(at, next));
                if (!word.isEmpty()) {
                    units.add(new Unit(word, at, next, false));
                }
            }
            at = next;
        }
        return units;
    }

    /** Behind the marks of voice that a kana has beside it, as in older data of half width and in file names of some systems. */
    private static int voicingEnd(String text, int from, int end) {
        int at = from;
        while (at < end && Folding.isVoicing(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static int wordEnd(String text, int from, int end) {
        int at = from;
        while (at < end) {
            int c = text.codePointAt(at);
            if (isAlone(c) || !(isOfWord(c) || isInvisible(c))) {
                return at;
            }
            at += Character.charCount(c);
        }
        return at;
    }

    private static boolean isAlone(int c) {
        if (c < FIRST_ALONE) {
            return false;
        }
        return c == PROLONGED_SOUND
                || c == PROLONGED_SOUND_OF_HALF_WIDTH
                || WITHOUT_SPACES.contains(UnicodeScript.of(c))
                || isPicture(c);
    }

    private static boolean isPicture(int c) {
        return !Character.isEmojiModifier(c)
                && !Character.isLetterOrDigit(c)
                && (Character.isEmoji(c) || Character.getType(c) == Character.OTHER_SYMBOL);
    }

    /** What shows at a line's end only, or joins letters or not: a word goes on behind it. */
    private static boolean isInvisible(int c) {
        return c == 0x00AD || c == 0x200C || c == 0x200D || c == 0x2060;
    }

    private static boolean isOfWord(int c) {
        return Character.isLetterOrDigit(c) || Folding.isMark(c);
    }
}
