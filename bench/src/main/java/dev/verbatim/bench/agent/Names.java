package dev.verbatim.bench.agent;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names in a text: words with capitals that follow each other. */
final class Names {
    private static final Pattern NAME = Pattern.compile("\\b[A-Z][a-z]+(?: [A-Z][a-z]+)+\\b");

    /** Sentences begin with these. */
    private static final Set<String> OPENERS = Set.of(
            ("And Any Are At But Can Could Do Does For From Got Great Have He Hello Hey Hi How Is It No Ok Okay On Perfect Please She"
                            + " So Sorry Sure Thank Thanks That The There They This We What When Where Which Who Will Would Yes You Your")
                    .split(" "));

    private Names() {}

    static Set<String> of(List<String> texts) {
        Set<String> names = new LinkedHashSet<>();
        for (String text : texts) {
            Matcher found = NAME.matcher(text);
            while (found.find()) {
                String name = withoutOpener(found.group());
                if (name.indexOf(' ') > 0) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    private static String withoutOpener(String name) {
        String first = name.substring(0, name.indexOf(' '));
        return OPENERS.contains(first) ? name.substring(first.length() + 1) : name;
    }
}
