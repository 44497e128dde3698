package dev.verbatim.server.agent;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts text into words as they were written; where no spaces are between words, into pairs of characters. */
final class Tokens {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+");

    /** Marks of other scripts make other syllables, as the search has it. */
    private static final Pattern ACCENT = Pattern.compile("[\\p{Mn}&&[\\p{script=Inherited}\\p{script=Hebrew}]]+");

    private static final Set<UnicodeScript> WITHOUT_SPACES = EnumSet.of(
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.THAI,
            UnicodeScript.LAO,
            UnicodeScript.KHMER,
            UnicodeScript.MYANMAR);

    private Tokens() {}

    static List<String> of(String text) {
        List<String> tokens = new ArrayList<>();
        Matcher words = WORD.matcher(text);
        while (words.find()) {
            int[] word = words.group().codePoints().toArray();
            int at = 0;
            while (at < word.length) {
                int end = at + 1;
                boolean alone = isAlone(word[at]);
                while (end < word.length && isAlone(word[end]) == alone) {
                    end++;
                }
                if (alone) {
                    addPairs(word, at, end, tokens);
                } else {
                    tokens.add(new String(word, at, end - at));
                }
                at = end;
            }
        }
        return tokens;
    }

    private static void addPairs(int[] run, int from, int to, List<String> tokens) {
        if (to - from == 1) {
            tokens.add(new String(run, from, 1));
        }
        for (int at = from; at + 1 < to; at++) {
            tokens.add(new String(run, at, 2));
        }
    }

    /** As words are compared: without case and accents. */
    static String folded(String token) {
        String lower = token.toLowerCase(Locale.ROOT);
        return lower.chars().allMatch(c -> c < 0x80)
                ? lower
                : Normalizer.normalize(
                        ACCENT.matcher(Normalizer.normalize(lower, Normalizer.Form.NFKD))
                                .replaceAll(""),
                        Normalizer.Form.NFC);
    }

    private static boolean isAlone(int c) {
        return WITHOUT_SPACES.contains(UnicodeScript.of(c));
    }
}
