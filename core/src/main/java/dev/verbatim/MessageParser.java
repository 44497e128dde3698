package dev.verbatim;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads one message: lifts out what has a place of its own (id, created_at, role and, when plainly written, tokens_used,
 * latency_ms, model) and keeps all other members as the bytes they came as. Used once.
 */
final class MessageParser {
    /** Nine digits always fit an int; anything else stays in the body as it was written. */
    private static final int LONGEST_INT = 9;

    /** What a stored message has and a new one need not have: one that was taken can be brought again as it was given. */
    private static final Set<String> UNCOUNTED = Set.of("id", "seq", "created_at");

    private static final int MOST_UNCOUNTED = 8 << 10;

    private final String param;
    private final byte[] json;
    private final int offset;
    private final int length;
    private final ByteArrayOutputStream body;

    private int uncounted;
    private @Nullable String id;
    private @Nullable Instant createdAt;
    private @Nullable String role;
    private OptionalInt tokensUsed = OptionalInt.empty();
    private OptionalInt latencyMs = OptionalInt.empty();
    private @Nullable String model;

    MessageParser(String param, byte[] json, int offset, int length) {
        this.param = param;
        this.json = json;
        this.offset = offset;
        this.length = length;
        this.body = new ByteArrayOutputStream(length);
    }

    NewMessage parse() {
        if (length > NewMessage.MAX_BYTES + MOST_UNCOUNTED) {
            throw tooLarge();
        }
        Json.checkUtf8(param, json, offset, length);
        Json.parsing(param, () -> {
            try (JsonParser parser = Json.parser(json, offset, length)) {
                readMembers(parser);
                Json.refuseMore(param, parser);
            }
            return this;
        });
        if (length - uncounted > NewMessage.MAX_BYTES) {
            throw tooLarge();
        }
        if (role == null) {
            throw new InvalidInputException(param + ".role", param + " needs a role, such as \"user\"");
        }
        if (body.size() == 0) {
            body.write('{');
        }
        body.write('}');
        return new NewMessage(id, createdAt, role, tokensUsed, latencyMs, model, body.toString(StandardCharsets.UTF_8));
    }

    private InvalidInputException tooLarge() {
        return new InvalidInputException(param, param + " is larger than " + NewMessage.MAX_BYTES + " bytes");
    }

    private void readMembers(JsonParser parser) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new InvalidInputException(param, param + " must be a JSON object");
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            int nameAt = offset(parser);
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            int valueAt = offset(parser);
            if (!lift(name, token, parser, valueAt)) {
                parser.skipChildren();
                parser.finishToken();
                keep(nameAt, valueEnd(parser, token, valueAt));
            } else if (UNCOUNTED.contains(name)) {
                parser.finishToken();
                uncounted += valueEnd(parser, token, valueAt) + 1 - nameAt;
            }
        }
    }

    /** Takes a member that has a place of its own; false when it belongs into the body. */
    private boolean lift(String name, JsonToken token, JsonParser parser, int valueAt) {
        switch (name) {
            case "role" -> role = Names.check(param + ".role", string(name, token, parser));
            case "id" -> {
                if (token != JsonToken.VALUE_NULL) {
                    id = Names.checkId(param + ".id", string(name, token, parser));
                }
            }
            case "created_at" -> {
                if (token != JsonToken.VALUE_NULL) {
                    createdAt = Times.parse(param + ".created_at", string(name, token, parser));
                }
            }
            case "seq" -> parser.skipChildren();
            case "tokens_used" -> {
                tokensUsed = plainInt(token, parser);
                return tokensUsed.isPresent();
            }
            case "latency_ms" -> {
                latencyMs = plainInt(token, parser);
                return latencyMs.isPresent();
            }
            case "model" -> {
                model = plainString(token, parser, valueAt);
                return model != null;
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private String string(String name, JsonToken token, JsonParser parser) {
        if (token != JsonToken.VALUE_STRING) {
            throw new InvalidInputException(param + "." + name, name + " must be a string");
        }
        return parser.getString();
    }

    private static OptionalInt plainInt(JsonToken token, JsonParser parser) {
        if (token != JsonToken.VALUE_NUMBER_INT) {
            return OptionalInt.empty();
        }
        String written = parser.getString();
        return written.length() > LONGEST_INT || written.startsWith("-")
                ? OptionalInt.empty()
                : OptionalInt.of(Integer.parseInt(written));
    }

    /** A string that was written without any escape, so that writing it again gives the same bytes. */
    private @Nullable String plainString(JsonToken token, JsonParser parser, int valueAt) {
        if (token != JsonToken.VALUE_STRING) {
            return null;
        }
        int end = Json.stringEnd(json, valueAt);
        for (int i = valueAt; i < end; i++) {
            if (json[i] == '\\') {
                return null;
            }
        }
        return parser.getString();
    }

    private void keep(int from, int to) {
        body.write(body.size() == 0 ? '{' : ',');
        Json.compact(json, from, to, body);
    }

    /** Just behind a value that was read to its end. */
    private int valueEnd(JsonParser parser, JsonToken token, int valueAt) {
        return switch (token) {
            case VALUE_STRING -> Json.stringEnd(json, valueAt);
            case START_OBJECT, START_ARRAY -> offset(parser) + 1;
            default -> valueAt + parser.getString().length();
        };
    }

    /** Where the current token begins in {@link #json}: the parser counts from where it began. */
    private int offset(JsonParser parser) {
        return offset + (int) parser.currentTokenLocation().getByteOffset();
    }
}
