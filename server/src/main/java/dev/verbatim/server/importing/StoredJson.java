package dev.verbatim.server.importing;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads the few things an import wants to know out of the service's answers. */
final class StoredJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    private StoredJson() {}

    /** The {@code last_seq} of a conversation. */
    static long lastSeq(byte[] conversation) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), conversation)) {
            parser.nextToken();
            return number(parser, "last_seq");
        }
    }

    /** How many of the stored messages, an answer's {@code data}, have a number above {@code seq}. */
    static long countAbove(long seq, byte[] answer) {
        long count = 0;
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), answer)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean isData = parser.currentName().equals("data");
                parser.nextToken();
                while (isData && parser.nextToken() == JsonToken.START_OBJECT) {
                    count += number(parser, "seq") > seq ? 1 : 0;
                }
                parser.skipChildren();
            }
        }
        return count;
    }

    /** The number called {@code name} of the object the parser stands at the beginning of; goes to its end. */
    private static long number(JsonParser parser, String name) {
        long number = 0;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean isIt = parser.currentName().equals(name);
            parser.nextToken();
            if (isIt) {
                number = parser.getLongValue();
            }
            parser.skipChildren();
        }
        return number;
    }
}
