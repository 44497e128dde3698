package dev.verbatim.server.agent;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The words of a question that can be looked for: a search finds only what has all it is asked for, so what people say around
 * what they mean has to go. Words of other languages stay in; what is common among them counts little later on.
 *
 * @param words each once, in their order, at most {@link #MOST}
 * @param refersBack whether the question is about what was said before
 */
record SearchWords(List<Word> words, boolean refersBack) {
    /** Each costs a search. */
    static final int MOST = 10;

    /** A longer one is looked for by its beginning, so that many together are no longer than a search may be. */
    private static final int LONGEST_WORD = 24;

    private static final Set<String> COMMON = Set.of(
            ("a about actually after again ago all also am an and any anything are as ask asked asking at be because been before being"
                            + " between but by can conversation conversations could day did do does doing don earlier else ever find finding"
                            + " for found from gave get give given go going got had has have having he hello help her here hey hi him his how i"
                            + " id if in into is isn it its just know last let like list ll look looked looking m may me mean mention mentioned"
                            + " more most my myself need needed no not now of off ok okay old on once one ones or other our out over please"
                            + " previous previously question re recall recommend recommended remember remind s said same say saying search"
                            + " searched see she should show so some something such suggest suggested t talk talked talking tell than thank"
                            + " thanks that the their them then there these they thing things this those time to told too try under up us use"
                            + " ve very want wanted was we well went were what when where whether which while who whom whose why will wish"
                            + " with without would yes yesterday yet you your")
                    .split(" "));

    private static final Set<String> BACK = Set.of(
            ("ago again before conversation conversations discussed earlier last mentioned previous previously recall remember remind"
                            + " said talked told yesterday asked suggested recommended did was were")
                    .split(" "));

    SearchWords {
        words = List.copyOf(words);
    }

    static SearchWords of(String question) {
        Map<String, Word> words = new LinkedHashMap<>();
        boolean back = false;
        boolean first = true;
        for (String token : Tokens.of(question)) {
            String word = beginning(Tokens.folded(token));
            back |= BACK.contains(word);
            if (canBeFound(word) && !COMMON.contains(word)) {
                words.merge(word, new Word(word, isNamed(token, first)), (a, b) -> a.named() ? a : b);
            }
            first = false;
        }
        return new SearchWords(most(List.copyOf(words.values())), back);
    }

    private static String beginning(String word) {
        return word.codePointCount(0, word.length()) <= LONGEST_WORD
                ? word
                : word.substring(0, word.offsetByCodePoints(0, LONGEST_WORD));
    }

    /** Marks and rare signs alone are nothing to a search. */
    private static boolean canBeFound(String word) {
        return word.codePoints().anyMatch(Character::isLetterOrDigit);
    }

    /** The first names, and before them and after as many other words as there is room for. */
    private static List<Word> most(List<Word> words) {
        long names = words.stream().filter(Word::named).limit(MOST).count();
        List<Word> kept = new ArrayList<>();
        long others = MOST - names;
        for (Word word : words) {
            if (word.named() ? names-- > 0 : others-- > 0) {
                kept.add(word);
            }
        }
        return kept;
    }

    /** The first word of a sentence has a capital anyway. */
    private static boolean isNamed(String token, boolean first) {
        int c = token.codePointAt(0);
        return token.codePoints().anyMatch(Character::isDigit)
                || (Character.isUpperCase(c)
                        && (!first || token.codePoints().skip(1).anyMatch(Character::isUpperCase)));
    }

    boolean isEmpty() {
        return words.isEmpty();
    }
}
