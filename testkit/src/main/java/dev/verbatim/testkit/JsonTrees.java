package dev.verbatim.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** Compares JSON by value, numbers as they are written; written apart from the code it tests. */
final class JsonTrees {
    private static final Set<String> ADDED = Set.of("id", "seq", "created_at");
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNumberLength(100_000).build())
            .build();

    private JsonTrees() {}

    /** That {@code stored} is {@code given} and what the store adds to it. */
    static void assertSame(String given, String stored) {
        Map<?, ?> in = new LinkedHashMap<>(object(given));
        Map<?, ?> out = new LinkedHashMap<>(object(stored));
        assertThat(out.keySet().stream().map(Object::toString).toList()).containsAll(ADDED);
        in.keySet().removeAll(ADDED);
        out.keySet().removeAll(ADDED);
        assertThat(out).as("given %s", given).isEqualTo(in);
    }

    private static Map<?, ?> object(String json) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
            parser.nextToken();
            return (Map<?, ?>) value(parser);
        }
    }

    private static Object value(JsonParser parser) {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            Map<String, Object> members = new LinkedHashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                members.put(name, value(parser));
            }
            return members;
        }
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            List<Object> elements = new java.util.ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                elements.add(value(parser));
            }
            return elements;
        }
        return parser.currentToken() + " " + parser.getString();
    }
}
