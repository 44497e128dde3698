package dev.verbatim;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** What a list shows of a conversation's newest message: its first line. */
final class Previews {
    /** So much of a body is looked at, so that a list costs the same whatever the messages hold. */
    static final int LOOKED_AT = 4_096;

    private static final int LONGEST = 200;

    private Previews() {}

    /** The first line that is not blank, of a body or of the beginning of one; null when no text begins there. */
    static @Nullable String of(String beginning) {
        String text = text(beginning);
        return text == null
                ? null
                : text.lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .findFirst()
                        .map(Previews::shortened)
                        .orElse(null);
    }

    private static @Nullable String text(String beginning) {
        try {
            return MessageText.of(beginning);
        } catch (JacksonException e) {
            return cutText(beginning);
        }
    }

    /** The text that the end of {@code beginning} lies in. */
    private static @Nullable String cutText(String beginning) {
        try {
            return MessageText.of(withoutHalfEscape(beginning) + '"');
        } catch (JacksonException e) {
            return null;
        }
    }

    private static String withoutHalfEscape(String json) {
        int escape = json.lastIndexOf('\\');
        int end = json.length();
        boolean half = escape >= 0 && end - escape < (json.startsWith("u", escape + 1) ? "\\uFFFF".length() : 2);
        if (half && isEscaping(json, escape)) {
            end = escape;
        }
        return json.substring(0, end);
    }

    /** Not when it is itself escaped: then an odd number stands before it. */
    private static boolean isEscaping(String json, int backslash) {
        int first = backslash;
        while (first > 0 && json.charAt(first - 1) == '\\') {
            first--;
        }
        return (backslash - first) % 2 == 0;
    }

    private static String shortened(String line) {
        boolean fits = line.codePointCount(0, line.length()) <= LONGEST;
        return Titles.wellFormed(fits ? line : line.substring(0, line.offsetByCodePoints(0, LONGEST)));
    }
}
