package dev.verbatim.server.importing;

import dev.verbatim.InvalidInputException;
import dev.verbatim.JsonFaults;
import dev.verbatim.NewConversation;
import dev.verbatim.NewMessage;
import dev.verbatim.Times;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads one conversation out of one JSON object: {@code id}, {@code title}, {@code metadata}, {@code created_at} and
 * {@code messages}, of which only the last must be there; so an export comes back as it was. Members with other names are kept in the metadata, beside what is there already.
 * Used once.
 */
final class ConversationLine {
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    /** What a message may hold is for {@link NewMessage} to say; here nothing is refused that it would take. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(1_000)
                    .maxNumberLength(10_000)
                    .maxNameLength(NewMessage.MAX_BYTES)
                    .build())
            .build();

    private final byte[] json;
    private final int start;
    private final ByteArrayOutputStream metadata = new ByteArrayOutputStream();
    private final List<NewMessage> messages = new ArrayList<>();
    private @Nullable String id;
    private @Nullable String title;
    private @Nullable Instant createdAt;
    private boolean titleIsNull;
    private boolean hasMessages;

    private ConversationLine(byte[] json) {
        this.json = json;
        this.start = startsWithMark(json) ? BYTE_ORDER_MARK.length : 0;
    }

    /**
     * The conversation in {@code json}.
     *
     * @throws InvalidInputException when it is not one, with the reason in one line
     */
    static SourceConversation parse(byte[] json) {
        SourceConversation read = read(json);
        SourceConversation complete = BroughtIds.complete(read.head(), read.messages());
        return read.untitled() ? complete.withoutTitle() : complete;
    }

    /** As {@link #parse}, but what has no id is left without. */
    static SourceConversation read(byte[] json) {
        return new ConversationLine(json).read();
    }

    private SourceConversation read() {
        Utf8.check(json);
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json, start, json.length - start)) {
            readMembers(parser);
            if (parser.nextToken() != null) {
                throw new InvalidInputException("line", "there is something behind the JSON object");
            }
        } catch (JacksonException e) {
            throw new InvalidInputException("line", JsonFaults.say(e));
        }
        if (!hasMessages) {
            throw new InvalidInputException("messages", "there are no \"messages\"");
        }
        SourceConversation read =
                new SourceConversation(new NewConversation(id, title, metadata(), createdAt), messages);
        return isUntitled() ? read.withoutTitle() : read;
    }

    /**
     * Whether null stands for a title that was taken away. Only what was exported here says it so, known by what it has all
     * of; elsewhere it says that nobody gave one.
     */
    private boolean isUntitled() {
        return titleIsNull
                && id != null
                && createdAt != null
                && messages.stream().allMatch(message -> message.id() != null && message.createdAt() != null);
    }

    private void readMembers(JsonParser parser) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new InvalidInputException("line", "not a JSON object");
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            int nameAt = offset(parser);
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "id" -> id = stringOrNull(name, parser);
                case "title" -> {
                    title = stringOrNull(name, parser);
                    titleIsNull = title == null;
                }
                case "metadata" -> readMetadata(parser);
                case "created_at" -> {
                    if (!readTime(parser)) {
                        keep(nameAt, valueEnd(parser));
                    }
                }
                case "messages" -> readMessages(parser);
                default -> keep(nameAt, valueEnd(parser));
            }
        }
    }

    private static @Nullable String stringOrNull(String name, JsonParser parser) {
        return switch (parser.currentToken()) {
            case VALUE_NULL -> null;
            case VALUE_STRING -> parser.getString();
            default -> throw new InvalidInputException(name, name + " must be a string or null");
        };
    }

    private void readMetadata(JsonParser parser) {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new InvalidInputException("metadata", "metadata must be a JSON object");
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            int nameAt = offset(parser);
            parser.nextToken();
            keep(nameAt, valueEnd(parser));
        }
    }

    /** False when it is no time as the service writes them: then it is kept as it is. */
    private boolean readTime(JsonParser parser) {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            return false;
        }
        try {
            createdAt = Times.parse("created_at", parser.getString());
            return true;
        } catch (InvalidInputException e) {
            return false;
        }
    }

    private void readMessages(JsonParser parser) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw new InvalidInputException("messages", "messages must be a list");
        }
        hasMessages = true;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            int from = offset(parser);
            String param = "messages[" + messages.size() + "]";
            messages.add(message(param, from, valueEnd(parser)));
        }
    }

    private NewMessage message(String param, int from, int to) {
        try {
            return NewMessage.fromJson(param, json, from, to - from);
        } catch (InvalidInputException e) {
            String reason = String.valueOf(e.getMessage());
            throw reason.startsWith(param) ? e : new InvalidInputException(e.param(), e.param() + ": " + reason);
        }
    }

    private void keep(int from, int to) {
        metadata.write(metadata.size() == 0 ? '{' : ',');
        metadata.write(json, from, to - from);
    }

    private @Nullable String metadata() {
        return metadata.size() == 0 ? null : metadata.toString(StandardCharsets.UTF_8) + '}';
    }

    /** Goes to the end of the value the parser is at; the index just behind it. */
    private int valueEnd(JsonParser parser) {
        parser.skipChildren();
        parser.finishToken();
        return start + (int) parser.currentLocation().getByteOffset();
    }

    private int offset(JsonParser parser) {
        return start + (int) parser.currentTokenLocation().getByteOffset();
    }

    private static boolean startsWithMark(byte[] json) {
        return json.length >= 3
                && json[0] == BYTE_ORDER_MARK[0]
                && json[1] == BYTE_ORDER_MARK[1]
                && json[2] == BYTE_ORDER_MARK[2];
    }
}
