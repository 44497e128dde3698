package dev.verbatim.server.importing;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * What a file looks like at its beginning, which tells its format.
 *
 * @param first its first bytes, as Latin 1
 * @param isList whether it is one JSON list
 * @param isOne whether it is one JSON value with nothing behind it, as far as was looked
 * @param objects what the first objects of the list, or of the lines, have for members, and how each begins
 */
record Shape(String first, boolean isList, boolean isOne, List<Map<String, JsonToken>> objects) {
    private static final int FIRST_BYTES = 64;
    private static final int OBJECTS = 20;
    private static final int MEMBERS = 100;
    private static final int LINE = 1 << 20;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(20_000)
                    .maxNumberLength(10_000)
                    .maxNameLength(JsonLinesSource.LONGEST_LINE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /** Any object has a member of that name that begins so. */
    boolean has(String name, JsonToken begin) {
        return objects.stream().anyMatch(members -> members.get(name) == begin);
    }

    /** The shape of {@code file}. */
    static Shape of(Path file) throws IOException {
        String first;
        try (InputStream in = Files.newInputStream(file)) {
            first = new String(in.readNBytes(FIRST_BYTES), StandardCharsets.ISO_8859_1);
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            Shape shape = json(first, in);
            if (shape.isList || !shape.objects.isEmpty()) {
                return shape;
            }
        }
        return new Shape(first, false, false, ofLines(file));
    }

    /** As it looks when its first lines are no JSON, but some that follow are. */
    private static List<Map<String, JsonToken>> ofLines(Path file) throws IOException {
        List<Map<String, JsonToken>> objects = new ArrayList<>();
        try (TextLines lines = new TextLines(Files.newInputStream(file), LINE)) {
            for (int i = 0; i < OBJECTS && lines.next(); i++) {
                byte[] text = lines.text();
                if (text != null) {
                    objects.addAll(json("", new ByteArrayInputStream(text)).objects);
                }
            }
        }
        return objects;
    }

    private static Shape json(String first, InputStream in) {
        List<Map<String, JsonToken>> objects = new ArrayList<>();
        boolean isList = false;
        boolean isOne = false;
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), in)) {
            JsonToken token = parser.nextToken();
            isList = token == JsonToken.START_ARRAY;
            token = isList ? parser.nextToken() : token;
            while (token != null && token != JsonToken.END_ARRAY && objects.size() < OBJECTS) {
                Map<String, JsonToken> members = token == JsonToken.START_OBJECT ? members(parser) : Map.of();
                objects.add(members);
                if (members.size() == MEMBERS) {
                    return new Shape(first, isList, !isList && objects.size() == 1, objects);
                }
                parser.skipChildren();
                token = parser.nextToken();
            }
            isOne = !isList && objects.size() == 1;
        } catch (JacksonException e) {
            // Where it breaks is for the reader of its format to say.
        }
        return new Shape(first, isList, isOne, objects);
    }

    private static Map<String, JsonToken> members(JsonParser parser) {
        Map<String, JsonToken> members = new HashMap<>();
        @Nullable JsonToken token = parser.nextToken();
        while (token == JsonToken.PROPERTY_NAME && members.size() < MEMBERS) {
            String name = parser.currentName();
            members.put(name, parser.nextToken());
            parser.skipChildren();
            token = members.size() < MEMBERS ? parser.nextToken() : token;
        }
        return members;
    }
}
