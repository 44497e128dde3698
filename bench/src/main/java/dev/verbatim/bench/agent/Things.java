package dev.verbatim.bench.agent;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a text speaks of: what stands behind an article, and what has a capital within a sentence. */
final class Things {
    private static final Pattern THING =
            Pattern.compile("\\b(?:a|an|the) (?<thing>[a-z]{5,})\\b|(?<=[a-z,] )(?<name>[A-Z][a-z]{4,})\\b");

    private Things() {}

    /** Each as it is asked for, by its word in lower case. */
    static Map<String, String> of(List<String> texts) {
        Map<String, String> things = new LinkedHashMap<>();
        for (String text : texts) {
            Matcher found = THING.matcher(text);
            while (found.find()) {
                String name = found.group("name");
                if (name == null) {
                    things.put(found.group("thing"), "the " + found.group("thing"));
                } else {
                    things.put(name.toLowerCase(Locale.ROOT), name);
                }
            }
        }
        return things;
    }
}
