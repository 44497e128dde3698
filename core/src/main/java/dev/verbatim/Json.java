package dev.verbatim;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** JSON as it comes in: checked by Jackson, then kept as the bytes it came as, less the insignificant white space. */
final class Json {
    static final int DEEPEST = 500;
    static final int LONGEST_NUMBER = 10_000;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(LONGEST_NUMBER)
                    .maxNameLength(NewMessage.MAX_BYTES)
                    .build())
            .build();

    private Json() {}

    /** A parser over one document; it refuses duplicate members. */
    static JsonParser parser(byte[] json, int offset, int length) {
        return FACTORY.createParser(ObjectReadContext.empty(), json, offset, length);
    }

    /** Runs {@code parsing}, and says in one line what is wrong with {@code param} when the JSON is not right. */
    static <T> T parsing(String param, Supplier<T> parsing) {
        try {
            return parsing.get();
        } catch (JacksonException e) {
            throw new InvalidInputException(param, JsonFaults.say(e));
        }
    }

    /** A JSON object without its insignificant white space; refuses all that is not one whole JSON object. */
    static String compactObject(String param, String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        if (json.length() > NewMessage.MAX_BYTES || bytes.length > NewMessage.MAX_BYTES) {
            throw new InvalidInputException(param, param + " is larger than " + NewMessage.MAX_BYTES + " bytes");
        }
        return parsing(param, () -> {
            try (JsonParser parser = parser(bytes, 0, bytes.length)) {
                if (parser.nextToken() != JsonToken.START_OBJECT) {
                    throw new InvalidInputException(param, param + " must be a JSON object");
                }
                parser.skipChildren();
                refuseMore(param, parser);
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
            compact(bytes, 0, bytes.length, out);
            return out.toString(StandardCharsets.UTF_8);
        });
    }

    static void refuseMore(String param, JsonParser parser) {
        if (parser.nextToken() != null) {
            throw new InvalidInputException(param, param + " must be one JSON object with nothing after it");
        }
    }

    /** Refuses bytes that are not UTF-8: overlong forms, encoded surrogates, cut sequences. */
    static void checkUtf8(String param, byte[] bytes, int offset, int length) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, offset, length));
        } catch (CharacterCodingException e) {
            throw new InvalidInputException(param, "not valid UTF-8; encode the request body as UTF-8");
        }
    }

    /** Copies checked JSON, white space outside of strings left out. */
    static void compact(byte[] json, int from, int to, ByteArrayOutputStream out) {
        int at = from;
        while (at < to) {
            byte b = json[at];
            if (b == '"') {
                int end = stringEnd(json, at);
                out.write(json, at, end - at);
                at = end;
            } else {
                if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                    out.write(b);
                }
                at++;
            }
        }
    }

    /** The index just behind the string that begins with the quote at {@code quote}. */
    static int stringEnd(byte[] json, int quote) {
        int at = quote + 1;
        while (json[at] != '"') {
            at += json[at] == '\\' ? 2 : 1;
        }
        return at + 1;
    }

    /** Appends a string as JSON: quote, backslash and control characters escaped, the rest as UTF-8. */
    static void appendString(StringBuilder out, String value) {
        out.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || (Character.isSurrogate(c) && !pairedAt(value, i))) {
                out.append(String.format(java.util.Locale.ROOT, "\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    private static boolean pairedAt(String value, int i) {
        return Character.isHighSurrogate(value.charAt(i))
                ? i + 1 < value.length() && Character.isLowSurrogate(value.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(value.charAt(i - 1));
    }
}
