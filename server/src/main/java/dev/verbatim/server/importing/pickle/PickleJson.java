package dev.verbatim.server.importing.pickle;

import java.io.StringWriter;
import java.math.BigInteger;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes what a pickle holds as JSON. What has no place in JSON is refused, as is what would become too large or deep. */
public final class PickleJson {
    private static final int DEEPEST = 490;
    private static final JsonFactory FACTORY = new JsonFactory();

    private final int most;
    private final StringWriter text = new StringWriter();

    private PickleJson(int most) {
        this.most = most;
    }

    /**
     * {@code value} as JSON, in which half a surrogate pair may stand as it is.
     *
     * @param most how many characters there may be: a few bytes of a pickle can hold the same thing very often
     * @throws PickleException when there would be more, or something JSON has not; says what
     */
    public static String write(Object value, int most) {
        PickleJson writer = new PickleJson(most);
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), writer.text)) {
            writer.write(json, value, 0);
        }
        return writer.text.toString();
    }

    private void write(JsonGenerator json, Object value, int depth) {
        json.flush();
        if (text.getBuffer().length() > most) {
            throw new PickleException("longer than " + (most >> 20) + " MiB");
        }
        if (depth > DEEPEST) {
            throw new PickleException("nested more than " + DEEPEST + " levels deep");
        }
        switch (value) {
            case PickleValue.Sequence sequence -> writeList(json, sequence, depth);
            case PickleValue.Dict dict -> writeObject(json, dict, depth);
            default -> writePlain(json, value);
        }
    }

    private void writeList(JsonGenerator json, PickleValue.Sequence sequence, int depth) {
        json.writeStartArray();
        for (Object item : sequence.items()) {
            write(json, item, depth + 1);
        }
        json.writeEndArray();
    }

    private void writeObject(JsonGenerator json, PickleValue.Dict dict, int depth) {
        json.writeStartObject();
        for (Map.Entry<Object, Object> entry : dict.entries().entrySet()) {
            if (!(entry.getKey() instanceof String name)) {
                throw new PickleException("a dict has a key that is no text");
            }
            json.writeName(name);
            write(json, entry.getValue(), depth + 1);
        }
        json.writeEndObject();
    }

    private static void writePlain(JsonGenerator json, Object value) {
        switch (value) {
            case String string -> json.writeString(string);
            case Boolean truth -> json.writeBoolean(truth);
            case Long number -> json.writeNumber(number);
            case BigInteger number -> json.writeNumber(number);
            case Double number -> writeReal(json, number);
            default -> writeNull(json, value);
        }
    }

    private static void writeReal(JsonGenerator json, double number) {
        if (!Double.isFinite(number)) {
            throw new PickleException("holds " + number + ", which JSON has not");
        }
        json.writeNumber(number);
    }

    private static void writeNull(JsonGenerator json, Object value) {
        if (value != PickleValue.None.NONE) {
            throw new PickleException("holds " + called(value) + ", which JSON has not");
        }
        json.writeNull();
    }

    private static String called(Object value) {
        return switch (value) {
            case PickleValue.Unusable unusable -> unusable.what();
            case PickleValue.Name name -> Calls.shown(name.toString());
            default -> "functools.partial";
        };
    }
}
