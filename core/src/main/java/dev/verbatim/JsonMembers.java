package dev.verbatim;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The members of a JSON object, each as it was written, by their names and in their order. */
final class JsonMembers {
    /** By name: name and value as they came, without white space between them. */
    private final Map<String, String> members = new LinkedHashMap<>();

    private JsonMembers() {}

    /**
     * Reads UTF-8.
     *
     * @param param what errors call it
     * @throws InvalidInputException when it is not one whole JSON object, or has a member twice
     */
    static JsonMembers of(String param, byte[] json, int offset, int length) {
        Json.checkUtf8(param, json, offset, length);
        JsonMembers read = new JsonMembers();
        return Json.parsing(param, () -> {
            try (JsonParser parser = Json.parser(json, offset, length)) {
                read.readAll(param, parser, json, offset);
                Json.refuseMore(param, parser);
            }
            return read;
        });
    }

    private void readAll(String param, JsonParser parser, byte[] json, int offset) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new InvalidInputException(param, param + " must be a JSON object");
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            int from = offset + (int) parser.currentTokenLocation().getByteOffset();
            String name = parser.currentName();
            parser.nextToken();
            parser.skipChildren();
            parser.finishToken();
            int to = offset + (int) parser.currentLocation().getByteOffset();
            ByteArrayOutputStream written = new ByteArrayOutputStream(to - from);
            Json.compact(json, from, to, written);
            members.put(name, written.toString(StandardCharsets.UTF_8));
        }
    }

    boolean has(String name) {
        return members.containsKey(name);
    }

    void remove(String name) {
        members.remove(name);
    }

    /** Those of {@code others} stand in for those of the same name, and follow where there is none. */
    void replace(JsonMembers others) {
        members.putAll(others.members);
    }

    /** The object, with {@code more}, a member as it is to be written, before its own; empty for none. */
    String with(String more) {
        String own = String.join(",", members.values());
        return "{" + more + (more.isEmpty() || own.isEmpty() ? "" : ",") + own + "}";
    }
}
