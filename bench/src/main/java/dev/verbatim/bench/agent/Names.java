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
            ("A Also Alright An And Any Are At But By Can Could Do Does For From Got Great Have He Hello Hey Hi How In"
                            + " Is It Let My Next No Of Ok Okay On Our Perfect Please She So Some Sorry Sounds Sure"
                            + " Thank Thanks That The Their There They This To We What When Where Which Who Will With"
                            + " Would Yeah Yes You Your")
                    .split(" "));

    private Names() {}

    static Set<String> of(List<String> texts) {
        Set<String> names = new LinkedHashSet<>();
        for (String text : texts) {
            Matcher found = NAME.matcher(text);
            while (found.find()) {
                String name = withoutOpeners(found.group());
                if (name.indexOf(' ') > 0) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    private static String withoutOpeners(String name) {
        int space = name.indexOf(' ');
        return space > 0 && OPENERS.contains(name.substring(0, space))
                ? withoutOpeners(name.substring(space + 1))
                : name;
    }
}
