package dev.verbatim.server.importing;

import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** Writes JSON that survives being encoded as UTF-8: half a surrogate pair is written as an escape. */
final class JsonTexts {
    private JsonTexts() {}

    /** A JSON string. */
    static String string(String text) {
        return of(StringNode.valueOf(text));
    }

    /** Any JSON. */
    static String of(JsonNode node) {
        return escapeLoneSurrogates(node.toString());
    }

    /** In JSON they can stand in strings only, where an escape means the same. */
    static String escapeLoneSurrogates(String json) {
        StringBuilder out = null;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (Character.isSurrogate(c) && !isPaired(json, i)) {
                out = out == null ? new StringBuilder(json.length() + 16).append(json, 0, i) : out;
                out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else if (out != null) {
                out.append(c);
            }
        }
        return out == null ? json : out.toString();
    }

    private static boolean isPaired(String text, int at) {
        return Character.isHighSurrogate(text.charAt(at))
                ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
                : at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
    }
}
