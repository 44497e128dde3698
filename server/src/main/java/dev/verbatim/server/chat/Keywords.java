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
    private static final Set<String> COMMON = Set.of(
            ("about and any are but can could did does for from had has have her his how its just let may me more my need"
                            + " not now our out please should some tell than that the their them then there these they this"
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
}
