package dev.verbatim.server.json;

import java.util.Locale;

/** Writes strings as JSON. */
public final class JsonText {
    private JsonText() {}

    /** {@code value} in quotes; never longer than any other way to write it, and fit for UTF-8 whatever it holds. */
    public static String quote(String value) {
        StringBuilder out = new StringBuilder(value.length() + 16).append('"');
        for (int i = 0; i < value.length(); i++) {
            append(out, value, i);
        }
        return out.append('"').toString();
    }

    private static void append(StringBuilder out, String value, int i) {
        char c = value.charAt(i);
        switch (c) {
            case '"', '\\' -> out.append('\\').append(c);
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            default -> {
                if (c < ' ' || (Character.isSurrogate(c) && !pairedAt(value, i))) {
                    out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                } else {
                    out.append(c);
                }
            }
        }
    }

    /** JSON with each half of a surrogate pair as an escape: these can stand in strings only, where that means the same. */
    public static String escapeLoneSurrogates(String json) {
        StringBuilder out = null;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (Character.isSurrogate(c) && !pairedAt(json, i)) {
                out = out == null ? new StringBuilder(json.length() + 16).append(json, 0, i) : out;
                out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else if (out != null) {
                out.append(c);
            }
        }
        return out == null ? json : out.toString();
    }

    private static boolean pairedAt(String value, int i) {
        return Character.isHighSurrogate(value.charAt(i))
                ? i + 1 < value.length() && Character.isLowSurrogate(value.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(value.charAt(i - 1));
    }
}
