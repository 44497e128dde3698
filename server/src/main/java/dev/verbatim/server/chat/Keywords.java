package dev.verbatim.server.chat;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The words of a text that say what it is about. */
final class Keywords {
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");
    private static final int SHORTEST = 3;
    private static final int SHORTEST_STEM = 4;
    private static final int LONGEST_ENDING = 2;
    private static final Set<String> COMMON = Set.of(
            ("about and any ask asked are but can could did does for from had has have her his how its just let may me more my need"
                            + " not now our out please said say should some talk talked tell than that the their them then there these they this told"
                            + " was want were what when where which who why will with would you your")
                    .split(" "));

    private Keywords() {}

    /** In their order, each once, in lower case. */
    static Set<String> of(String text) {
        Set<String> words = new LinkedHashSet<>();
        Arrays.stream(BETWEEN_WORDS.split(text.toLowerCase(Locale.ROOT)))
                .filter(word -> word.codePointCount(0, word.length()) >= SHORTEST && !COMMON.contains(word))
                .forEach(words::add);
        return words;
    }

    /**
     * Whether two words are forms of one, as far as that can be told without knowing the language: the longer is the
     * shorter and a short ending more, as a plural mostly is.
     */
    static boolean alike(String one, String other) {
        String shorter = one.length() <= other.length() ? one : other;
        String longer = shorter.equals(one) ? other : one;
        int more = longer.length() - shorter.length();
        return longer.startsWith(shorter)
                && (more == 0 || (more <= LONGEST_ENDING && shorter.length() >= SHORTEST_STEM));
    }
}
