package dev.verbatim.server.history;

import dev.verbatim.InvalidInputException;
import dev.verbatim.JsonFaults;
import dev.verbatim.MessageEdit;
import dev.verbatim.NewMessage;
import dev.verbatim.server.http.ApiException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * The messages of a request body: one message, or {@code {"messages":[…]}}. An object with a {@code role} is one message,
 * whatever else it has. Only looks where each message lies; what is in it is for core to read.
 */
public final class MessageBodies {
    private static final int MOST = 1_000;
    private static final int DEEPEST = 502;
    private static final int LONGEST_NUMBER = 10_000;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(LONGEST_NUMBER)
                    .maxNameLength(NewMessage.MAX_BYTES)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private record Range(boolean object, int from, int to) {}

    private record Outline(
            Set<String> names, boolean twice, @Nullable List<Range> messages) {}

    private MessageBodies() {}

    /**
     * Reads the body.
     *
     * @throws ApiException or {@link InvalidInputException} when it is not as it must be; the parameter says where
     */
    public static List<NewMessage> parse(byte[] json) {
        Outline outline = outline(json);
        if (outline.names().contains("role") || !outline.names().contains("messages")) {
            return List.of(single(json));
        }
        if (outline.twice() || outline.names().size() > 1) {
            throw ApiException.invalid(
                    "messages", "next to messages there must be no other member, nor messages again");
        }
        if (outline.messages() == null) {
            throw ApiException.invalid("messages", "messages must be a list of messages");
        }
        return many(json, outline.messages());
    }

    private static List<NewMessage> many(byte[] json, List<Range> ranges) {
        if (ranges.isEmpty() || ranges.size() > MOST) {
            throw ApiException.invalid("messages", "messages must have 1 to " + MOST + " messages");
        }
        List<NewMessage> messages = new ArrayList<>(ranges.size());
        for (int i = 0; i < ranges.size(); i++) {
            Range range = ranges.get(i);
            String param = "messages[" + i + "]";
            if (!range.object()) {
                throw ApiException.invalid(param, param + " must be a JSON object");
            }
            messages.add(NewMessage.fromJson(param, json, range.from(), range.to() - range.from()));
        }
        return messages;
    }

    /**
     * Reads the body of an edit.
     *
     * @throws ApiException when it is not as it must be
     */
    static MessageEdit edit(byte[] json) {
        if (json.length == 0) {
            throw ApiException.invalid(
                    "body", "the body is missing; it must be a JSON object with what is to be changed");
        }
        return unprefixed(() -> MessageEdit.fromJson("message", json));
    }

    private static NewMessage single(byte[] json) {
        return unprefixed(() -> NewMessage.fromJson("message", json, 0, json.length));
    }

    /** The message is the body itself, so its members' names need no prefix. */
    private static <T> T unprefixed(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (InvalidInputException e) {
            String param = e.param().startsWith("message.") ? e.param().substring("message.".length()) : "body";
            throw ApiException.invalid(param, String.valueOf(e.getMessage()));
        }
    }

    private static Outline outline(byte[] json) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw ApiException.invalid("body", "the body must be a JSON object: a message, or {\"messages\":[…]}");
            }
            Outline outline = members(parser);
            if (parser.nextToken() != null) {
                throw ApiException.invalid("body", "the body must be one JSON object with nothing after it");
            }
            return outline;
        } catch (JacksonException e) {
            throw ApiException.invalid("body", JsonFaults.say(e));
        }
    }

    private static Outline members(JsonParser parser) {
        Set<String> names = new HashSet<>();
        boolean twice = false;
        @Nullable List<Range> messages = null;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            twice |= !names.add(name);
            JsonToken token = parser.nextToken();
            if (name.equals("messages") && token == JsonToken.START_ARRAY) {
                messages = elements(parser);
            } else {
                parser.skipChildren();
            }
        }
        return new Outline(names, twice, messages);
    }

    /** Where each element lies. */
    private static List<Range> elements(JsonParser parser) {
        List<Range> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            boolean object = parser.currentToken() == JsonToken.START_OBJECT;
            int from = offset(parser);
            parser.skipChildren();
            elements.add(new Range(object, from, offset(parser) + 1));
        }
        return elements;
    }

    private static int offset(JsonParser parser) {
        return (int) parser.currentTokenLocation().getByteOffset();
    }
}
