package dev.verbatim.server.http;

import dev.verbatim.Times;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Writes one JSON object, member by member. Used by one thread. */
public final class JsonOut {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final StringBuilder out = new StringBuilder(256).append('{');

    /** Begins an object as a member; {@link #end} ends it. */
    public JsonOut object(String name) {
        name(name);
        out.append('{');
        return this;
    }

    /** A string, or null. */
    public JsonOut member(String name, @Nullable String value) {
        name(name);
        if (value == null) {
            out.append("null");
        } else {
            string(value);
        }
        return this;
    }

    /** A whole number. */
    public JsonOut member(String name, long value) {
        return raw(name, Long.toString(value));
    }

    /** True or false. */
    public JsonOut member(String name, boolean value) {
        return raw(name, Boolean.toString(value));
    }

    /** A time, or null. */
    public JsonOut member(String name, @Nullable Instant value) {
        return member(name, value == null ? null : Times.format(value));
    }

    /** A value that is JSON already. */
    public JsonOut raw(String name, String json) {
        name(name);
        out.append(json);
        return this;
    }

    /** Ends the object begun last, at last the whole. */
    public JsonOut end() {
        out.append('}');
        return this;
    }

    /** What was written. */
    public String text() {
        return out.toString();
    }

    /** What was written, in UTF-8. */
    public byte[] bytes() {
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void name(String name) {
        if (out.charAt(out.length() - 1) != '{') {
            out.append(',');
        }
        string(name);
        out.append(':');
    }

    private void string(String value) {
        out.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || (Character.isSurrogate(c) && !isPaired(value, i))) {
                escape(c);
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    private void escape(char c) {
        out.append("\\u")
                .append(HEX[c >> 12])
                .append(HEX[c >> 8 & 15])
                .append(HEX[c >> 4 & 15])
                .append(HEX[c & 15]);
    }

    private static boolean isPaired(String value, int i) {
        return Character.isHighSurrogate(value.charAt(i))
                ? i + 1 < value.length() && Character.isLowSurrogate(value.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(value.charAt(i - 1));
    }
}
