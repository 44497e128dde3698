package dev.verbatim.server.json;

import dev.verbatim.JsonFaults;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * A checked JSON value that is kept as the bytes it came as, so that no number is reformatted on the way through.
 * Immutable.
 */
public final class RawValue {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(500)
                    .maxNumberLength(10_000)
                    .build())
            .build();

    private static final int LONGEST_NUMBER = 18;

    private final JsonToken token;
    private final byte[] bytes;

    private RawValue(JsonToken token, byte[] bytes) {
        this.token = token;
        this.bytes = bytes;
    }

    /**
     * One whole JSON document in UTF-8.
     *
     * @throws NotJsonException when it is none, or an object in it has a member twice
     */
    public static RawValue parse(byte[] json) {
        checkUtf8(json);
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
            if (parser.nextToken() == null) {
                throw new NotJsonException("not valid JSON: it is empty");
            }
            RawValue value = take(parser, json);
            if (parser.nextToken() != null) {
                throw new NotJsonException("not valid JSON: something follows after it");
            }
            return value;
        } catch (JacksonException e) {
            throw new NotJsonException(JsonFaults.say(e));
        }
    }

    public boolean isObject() {
        return token == JsonToken.START_OBJECT;
    }

    /** Whether it is an array. */
    public boolean isArray() {
        return token == JsonToken.START_ARRAY;
    }

    public boolean isString() {
        return token == JsonToken.VALUE_STRING;
    }

    public boolean isNull() {
        return token == JsonToken.VALUE_NULL;
    }

    public boolean isInteger() {
        return token == JsonToken.VALUE_NUMBER_INT;
    }

    /** A whole number of at most 18 digits; empty for anything else. */
    public OptionalLong number() {
        return isInteger() && bytes.length <= LONGEST_NUMBER
                ? OptionalLong.of(Long.parseLong(json()))
                : OptionalLong.empty();
    }

    /** True or false; null when it is something else. */
    @Nullable
    public Boolean bool() {
        return switch (token) {
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            default -> null;
        };
    }

    /** The bytes it came as; not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** As it was written. */
    public String json() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** As it was written, on one line: a line end between values means nothing, and within strings there is none. */
    public String line() {
        return json().replace('\n', ' ').replace('\r', ' ');
    }

    /** What a string says; null when it is something else. */
    public @Nullable String string() {
        if (!isString()) {
            return null;
        }
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), bytes)) {
            parser.nextToken();
            return parser.getString();
        }
    }

    /** An object's members in their order; none for anything else. */
    public Map<String, RawValue> members() {
        Map<String, RawValue> members = new LinkedHashMap<>();
        if (isObject()) {
            try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), bytes)) {
                parser.nextToken();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    members.put(name, take(parser, bytes));
                }
            }
        }
        return members;
    }

    /** An array's elements; none for anything else. */
    public List<RawValue> elements() {
        List<RawValue> elements = new ArrayList<>();
        if (isArray()) {
            try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), bytes)) {
                parser.nextToken();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    elements.add(take(parser, bytes));
                }
            }
        }
        return elements;
    }

    private static RawValue take(JsonParser parser, byte[] source) {
        JsonToken token = parser.currentToken();
        int from = offset(parser);
        parser.skipChildren();
        parser.finishToken();
        return new RawValue(token, Arrays.copyOfRange(source, from, end(parser, token, source, from)));
    }

    private static int end(JsonParser parser, JsonToken token, byte[] source, int from) {
        return switch (token) {
            case VALUE_STRING -> stringEnd(source, from);
            case START_OBJECT, START_ARRAY -> offset(parser) + 1;
            default -> from + parser.getString().length();
        };
    }

    private static int stringEnd(byte[] source, int quote) {
        int at = quote + 1;
        while (source[at] != '"') {
            at += source[at] == '\\' ? 2 : 1;
        }
        return at + 1;
    }

    private static int offset(JsonParser parser) {
        return (int) parser.currentTokenLocation().getByteOffset();
    }

    private static void checkUtf8(byte[] json) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json));
        } catch (CharacterCodingException e) {
            throw new NotJsonException("not valid UTF-8");
        }
    }
}
