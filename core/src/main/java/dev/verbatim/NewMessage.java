package dev.verbatim;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A message to be stored: any JSON object with a {@code role}. What it holds comes out as it came in: no field lost, no
 * number reformatted. Immutable.
 */
public final class NewMessage {
    /** The largest message, in bytes of JSON, less what {@code id}, {@code seq} and {@code created_at} take. */
    public static final int MAX_BYTES = 2 << 20;

    private final @Nullable String id;
    private final @Nullable Instant createdAt;
    private final String role;
    private final OptionalInt tokensUsed;
    private final OptionalInt latencyMs;
    private final @Nullable String model;
    private final String body;

    NewMessage(
            @Nullable String id,
            @Nullable Instant createdAt,
            String role,
            OptionalInt tokensUsed,
            OptionalInt latencyMs,
            @Nullable String model,
            String body) {
        this.id = id;
        this.createdAt = createdAt;
        this.role = role;
        this.tokensUsed = tokensUsed;
        this.latencyMs = latencyMs;
        this.model = model;
        this.body = body;
    }

    /** A plain text message. */
    public static NewMessage of(String role, String content) {
        StringBuilder json = new StringBuilder(content.length() + role.length() + 32).append("{\"role\":");
        Json.appendString(json, role);
        json.append(",\"content\":");
        Json.appendString(json, content);
        return fromJson(json.append('}').toString());
    }

    /**
     * A message out of its JSON. {@code id} and {@code created_at} may be brought, {@code role} must be there, a
     * {@code seq} is ignored, all other members are kept as they are.
     *
     * @throws InvalidInputException when it is not one JSON object with a role, is over {@link #MAX_BYTES}, or has a
     *     member twice
     */
    public static NewMessage fromJson(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return fromJson("message", bytes, 0, bytes.length);
    }

    /**
     * As {@link #fromJson(String)}, out of part of a request.
     *
     * @param param what errors call this message, such as {@code messages[3]}
     */
    public static NewMessage fromJson(String param, byte[] json, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, json.length);
        return new MessageParser(param, json, offset, length).parse();
    }

    /**
     * What {@code message}, stored in the conversation of {@code key}, was before it was stored: appended at the same place
     * of a conversation of that key it becomes the same message. An id made here is left out, for it is made again.
     */
    public static NewMessage again(ConversationKey key, Message message) {
        NewMessage same = fromJson(message.json());
        boolean made = MadeIds.of(key.id(), message.seq(), message.createdAt())
                .toString()
                .equals(message.id());
        return made
                ? new NewMessage(
                        null, same.createdAt, same.role, same.tokensUsed, same.latencyMs, same.model, same.body)
                : same;
    }

    /** The id the application brought, or null to have one made. */
    public @Nullable String id() {
        return id;
    }

    /** When it was said, if the application brought that; null for the time at which it is stored. */
    public @Nullable Instant createdAt() {
        return createdAt;
    }

    /** Who said it. */
    public String role() {
        return role;
    }

    /** {@code tokens_used}, when it is a plain whole number. */
    public OptionalInt tokensUsed() {
        return tokensUsed;
    }

    /** {@code latency_ms}, when it is a plain whole number. */
    public OptionalInt latencyMs() {
        return latencyMs;
    }

    /** {@code model}, when it is a plain string. */
    public @Nullable String model() {
        return model;
    }

    /** All other members: a JSON object as it came, without insignificant white space. */
    public String body() {
        return body;
    }

    /** This message under id {@code newId}. */
    public NewMessage withId(String newId) {
        return new NewMessage(Names.checkId("id", newId), createdAt, role, tokensUsed, latencyMs, model, body);
    }
}
