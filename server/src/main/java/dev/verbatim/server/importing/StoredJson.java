package dev.verbatim.server.importing;

import dev.verbatim.NewMessage;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** Reads the few things an import wants to know out of the service's answers. */
final class StoredJson {
    /** What a message may hold the service has said when it stored it. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(1_000)
                    .maxNumberLength(10_000)
                    .maxNameLength(NewMessage.MAX_BYTES)
                    .build())
            .build();

    private StoredJson() {}

    /** How the conversation of an answer stands. */
    static Target.There there(byte[] conversation) {
        long lastSeq = 0;
        boolean titled = false;
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), conversation)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                switch (name) {
                    case "last_seq" -> lastSeq = parser.getLongValue();
                    case "title" -> titled = value != JsonToken.VALUE_NULL;
                    default -> parser.skipChildren();
                }
            }
        }
        return new Target.There(lastSeq, titled);
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

    /** The messages of an answer's {@code data}. */
    static List<NewMessage> messages(byte[] answer) {
        List<NewMessage> messages = new ArrayList<>();
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), answer)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean isData = parser.currentName().equals("data");
                parser.nextToken();
                while (isData && parser.nextToken() == JsonToken.START_OBJECT) {
                    messages.add(message(parser, answer));
                }
                parser.skipChildren();
            }
        }
        return messages;
    }

    private static NewMessage message(JsonParser parser, byte[] answer) {
        int from = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        int to = (int) parser.currentLocation().getByteOffset();
        return NewMessage.fromJson("data", answer, from, to - from);
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
