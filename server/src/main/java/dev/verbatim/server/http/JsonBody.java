package dev.verbatim.server.http;

import dev.verbatim.JsonFaults;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** A request body that is one small JSON object with known members, each at most once. */
public final class JsonBody {
    private static final int DEEPEST = 500;
    private static final int LONGEST_NUMBER = 10_000;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(LONGEST_NUMBER)
                    .build())
            .build();

    private record Value(JsonToken token, String text) {}

    private final Map<String, Value> members;

    private JsonBody(Map<String, Value> members) {
        this.members = members;
    }

    /**
     * Reads an object; an empty body is one without members.
     *
     * @param known the members there may be
     * @throws ApiException (400) when it is not UTF-8, not one JSON object, or has a member that is unknown or there twice
     */
    public static JsonBody parse(byte[] json, String... known) {
        if (json.length == 0) {
            return new JsonBody(Map.of());
        }
        checkUtf8(json);
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
            return new JsonBody(read(parser, json, Set.of(known)));
        } catch (JacksonException e) {
            throw ApiException.invalid("body", JsonFaults.say(e));
        }
    }

    private static Map<String, Value> read(JsonParser parser, byte[] json, Set<String> known) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw ApiException.invalid("body", "the body must be a JSON object");
        }
        Map<String, Value> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            if (!known.contains(name)) {
                String names = String.join(", ", known.stream().sorted().toList());
                throw ApiException.invalid(name, "unknown member \"" + name + "\"; known are " + names);
            }
            members.put(name, value(parser, json));
        }
        if (parser.nextToken() != null) {
            throw ApiException.invalid("body", "the body must be one JSON object with nothing after it");
        }
        return members;
    }

    /** Objects and arrays keep the text they came as. */
    private static Value value(JsonParser parser, byte[] json) {
        JsonToken token = parser.nextToken();
        if (!token.isStructStart()) {
            return new Value(token, parser.getString());
        }
        int from = offset(parser);
        parser.skipChildren();
        return new Value(token, new String(json, from, offset(parser) + 1 - from, StandardCharsets.UTF_8));
    }

    private static int offset(JsonParser parser) {
        return (int) parser.currentTokenLocation().getByteOffset();
    }

    private static void checkUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
        } catch (CharacterCodingException e) {
            throw ApiException.invalid("body", "the body is not valid UTF-8");
        }
    }

    /** Whether the member was given, be it null. */
    public boolean has(String name) {
        return members.containsKey(name);
    }

    /** A string, if it was given and is not null. */
    public Optional<String> text(String name) {
        return Optional.ofNullable(get(name, JsonToken.VALUE_STRING, "a string"));
    }

    /** A string that must be given. */
    public String requiredText(String name) {
        return text(name).orElseThrow(() -> ApiException.invalid(name, name + " is missing; it must be a string"));
    }

    /** A whole number from {@code min} to {@code max}, if it was given and is not null. */
    public OptionalLong number(String name, long min, long max) {
        String kind = "a whole number from " + min + " to " + max;
        @Nullable String text = get(name, JsonToken.VALUE_NUMBER_INT, kind);
        if (text == null) {
            return OptionalLong.empty();
        }
        BigInteger number = new BigInteger(text);
        if (number.compareTo(BigInteger.valueOf(min)) < 0 || number.compareTo(BigInteger.valueOf(max)) > 0) {
            throw ApiException.invalid(name, name + " must be " + kind);
        }
        return OptionalLong.of(number.longValueExact());
    }

    /** A number from {@code min} to {@code max}, whole or not, if it was given and is not null. */
    public OptionalDouble decimal(String name, double min, double max) {
        Value value = members.get(name);
        if (value == null || value.token() == JsonToken.VALUE_NULL) {
            return OptionalDouble.empty();
        }
        double number = value.token().isNumeric() ? Double.parseDouble(value.text()) : Double.NaN;
        if (number >= min && number <= max) {
            return OptionalDouble.of(number);
        }
        throw ApiException.invalid(name, name + " must be a number from " + min + " to " + max);
    }

    /** A list as the text it came as, if it was given and is not null. */
    public Optional<String> list(String name) {
        return Optional.ofNullable(get(name, JsonToken.START_ARRAY, "a list"));
    }

    /** An object as the text it came as, if it was given and is not null. */
    public Optional<String> object(String name) {
        return Optional.ofNullable(get(name, JsonToken.START_OBJECT, "a JSON object"));
    }

    private @Nullable String get(String name, JsonToken wanted, String kind) {
        Value value = members.get(name);
        if (value == null || value.token() == JsonToken.VALUE_NULL) {
            return null;
        }
        if (value.token() != wanted) {
            throw ApiException.invalid(name, name + " must be " + kind);
        }
        return value.text();
    }
}
