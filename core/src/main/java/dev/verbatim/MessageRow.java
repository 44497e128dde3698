package dev.verbatim;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message as its row holds it, and the one place that makes its line. The line made after an append and the line made
 * from the row are the same bytes, for both come from here.
 *
 * @param conversation the UUID of the conversation's key
 * @param seq its number
 * @param createdAt to the microsecond
 * @param brought the id the application brought, or null for one made here, which follows from the other parts
 * @param role who said it
 * @param tokensUsed lifted out of the body
 * @param latencyMs lifted out of the body
 * @param model lifted out of the body, or null
 * @param body the other members, a compact JSON object
 */
public record MessageRow(
        UUID conversation,
        long seq,
        Instant createdAt,
        @Nullable String brought,
        String role,
        OptionalInt tokensUsed,
        OptionalInt latencyMs,
        @Nullable String model,
        String body) {

    /** The row of {@code message} as number {@code seq}; {@code now} unless it brought its own time. */
    public static MessageRow of(ConversationKey key, long seq, Instant now, NewMessage message) {
        Instant brought = message.createdAt();
        return new MessageRow(
                key.id(),
                seq,
                brought == null ? now : brought,
                message.id(),
                message.role(),
                message.tokensUsed(),
                message.latencyMs(),
                message.model(),
                message.body());
    }

    /** This row, saying what {@code message} says; conversation, number, time and id stay. */
    MessageRow saying(NewMessage message) {
        return new MessageRow(
                conversation,
                seq,
                createdAt,
                brought,
                message.role(),
                message.tokensUsed(),
                message.latencyMs(),
                message.model(),
                message.body());
    }

    /** This row in another conversation, under the id that it has. */
    MessageRow in(UUID otherConversation) {
        return new MessageRow(otherConversation, seq, createdAt, id(), role, tokensUsed, latencyMs, model, body);
    }

    /** The id in every answer. */
    public String id() {
        return brought == null ? MadeIds.of(conversation, seq, createdAt).toString() : brought;
    }

    /** The message of this row. */
    public Message toMessage() {
        String id = id();
        StringBuilder line = new StringBuilder(body.length() + 160).append("{\"id\":");
        Json.appendString(line, id);
        line.append(",\"seq\":").append(seq);
        line.append(",\"created_at\":\"").append(Times.format(createdAt));
        line.append("\",\"role\":");
        Json.appendString(line, role);
        tokensUsed.ifPresent(n -> line.append(",\"tokens_used\":").append(n));
        latencyMs.ifPresent(n -> line.append(",\"latency_ms\":").append(n));
        if (model != null) {
            line.append(",\"model\":\"").append(model).append('"');
        }
        if (body.length() > 2) {
            line.append(',').append(body, 1, body.length());
        } else {
            line.append('}');
        }
        return new Message(id, seq, createdAt, role, line.toString().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Whether {@code message}, sent again under this row's id, is this message: equal JSON, with members in any order and
     * numbers compared as they are written.
     */
    public boolean isRepeatedBy(NewMessage message) {
        Instant sent = message.createdAt();
        return role.equals(message.role())
                && (sent == null || sent.equals(createdAt))
                && tokensUsed.equals(message.tokensUsed())
                && latencyMs.equals(message.latencyMs())
                && java.util.Objects.equals(model, message.model())
                && (body.equals(message.body()) || JsonEquality.equal(body, message.body()));
    }
}
