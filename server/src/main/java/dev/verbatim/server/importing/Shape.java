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
 * @param isOne whether it holds one object, as far as was looked
 * @param isWhole whether that was to its end, and all of it is JSON
 * @param objects what the first objects of the list, or of the lines, have for members, and how each begins
 */
record Shape(String first, boolean isList, boolean isOne, boolean isWhole, List<Map<String, JsonToken>> objects) {
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
            List<Map<String, JsonToken>> objects = new ArrayList<>();
            Shape shape = json(first, in, objects);
            if (shape != null) {
                return shape;
            }
            boolean isOne = objects.size() == 1;
            objects.addAll(ofLines(file));
            return new Shape(first, first.stripLeading().startsWith("["), isOne, false, objects);
        }
    }

    /** What the first lines hold, those passed over that are no JSON. */
    private static List<Map<String, JsonToken>> ofLines(Path file) throws IOException {
        List<Map<String, JsonToken>> objects = new ArrayList<>();
        try (TextLines lines = new TextLines(Files.newInputStream(file), LINE)) {
            for (int i = 0; i < OBJECTS && lines.next(); i++) {
                byte[] text = lines.text();
                if (text != null) {
                    json("", new ByteArrayInputStream(text), objects);
                }
            }
        }
        return objects;
    }

    /** Null where it breaks, which is for the reader of its format to say; what stands before that is known. */
    private static @Nullable Shape json(String first, InputStream in, List<Map<String, JsonToken>> objects) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), in)) {
            JsonToken token = parser.nextToken();
            boolean isList = token == JsonToken.START_ARRAY;
            token = isList ? parser.nextToken() : token;
            while (token != null && token != JsonToken.END_ARRAY && objects.size() < OBJECTS) {
                Map<String, JsonToken> members = new HashMap<>();
                objects.add(members);
                if (token == JsonToken.START_OBJECT && !readAll(parser, members)) {
                    return new Shape(first, isList, objects.size() == 1, false, objects);
                }
                parser.skipChildren();
                token = parser.nextToken();
            }
            boolean isWhole = objects.size() < OBJECTS;
            return new Shape(first, isList, objects.size() == 1, isWhole, objects);
        } catch (JacksonException e) {
            return null;
        }
    }

    /** False when there are more members than are looked at. */
    private static boolean readAll(JsonParser parser, Map<String, JsonToken> members) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            if (members.size() == MEMBERS) {
                return false;
            }
            String name = parser.currentName();
            members.put(name, parser.nextToken());
            parser.skipChildren();
        }
        return true;
    }
}
