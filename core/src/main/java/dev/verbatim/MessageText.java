package dev.verbatim;

import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** What a person would read of a message: its content when that is a string, else the first text among its parts. */
public final class MessageText {
    private MessageText() {}

    /** {@code text} as PostgreSQL can hold it: NUL and lone surrogates become U+FFFD. */
    public static String storable(String text) {
        return Titles.wellFormed(text);
    }

    /** The title that a conversation gets from {@code message}: null unless a user said something in it. */
    public static @Nullable String title(NewMessage message) {
        if (!message.role().equals("user")) {
            return null;
        }
        String text = of(message.body());
        return text == null ? null : Titles.fromText(text);
    }

    /** The text of a checked JSON object with a {@code content}, or null when it has none. */
    public static @Nullable String of(String body) {
        byte[] json = body.getBytes(StandardCharsets.UTF_8);
        try (JsonParser parser = Json.parser(json, 0, json.length)) {
            parser.nextToken();
            JsonToken content = member(parser, "content");
            if (content == JsonToken.VALUE_STRING) {
                return parser.getString();
            }
            return content == JsonToken.START_ARRAY ? firstText(parser) : null;
        }
    }

    /** All that is said in a checked JSON object: its content, or the texts of its parts, a line each; else empty. */
    public static String all(String body) {
        byte[] json = body.getBytes(StandardCharsets.UTF_8);
        try (JsonParser parser = Json.parser(json, 0, json.length)) {
            parser.nextToken();
            JsonToken content = member(parser, "content");
            if (content == JsonToken.VALUE_STRING) {
                return parser.getString();
            }
            StringJoiner texts = new StringJoiner("\n");
            if (content == JsonToken.START_ARRAY) {
                for (String text = firstText(parser); text != null; text = nextText(parser)) {
                    texts.add(text);
                }
            }
            return texts.toString();
        }
    }

    /** The first text behind one that {@link #firstText} gave. */
    private static @Nullable String nextText(JsonParser parts) {
        while (parts.nextToken() == JsonToken.PROPERTY_NAME) {
            parts.nextToken();
            parts.skipChildren();
        }
        return firstText(parts);
    }

    private static @Nullable String firstText(JsonParser parts) {
        for (JsonToken part = parts.nextToken(); part != JsonToken.END_ARRAY; part = parts.nextToken()) {
            if (part == JsonToken.START_OBJECT) {
                for (JsonToken text = member(parts, "text"); text != null; text = member(parts, "text")) {
                    if (text == JsonToken.VALUE_STRING) {
                        return parts.getString();
                    }
                    parts.skipChildren();
                }
            } else {
                parts.skipChildren();
            }
        }
        return null;
    }

    /** Moves to the value of member {@code name} of the object that has begun; null, at the object's end, without it. */
    private static @Nullable JsonToken member(JsonParser object, String name) {
        while (object.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean wanted = object.currentName().equals(name);
            JsonToken value = object.nextToken();
            if (wanted) {
                return value;
            }
            object.skipChildren();
        }
        return null;
    }
}
