package dev.verbatim.server.chat;

import dev.verbatim.Message;
import dev.verbatim.Window;
import dev.verbatim.server.json.JsonText;
import dev.verbatim.server.json.RawValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a chat request.
 *
 * @param conversationId the conversation
 * @param message the answer as it is stored
 * @param usage the model's usage object, or null when it gave none or was not asked
 * @param latencyMs how long the model took
 * @param sent how many messages it was sent; 0 when it was not asked
 * @param source where they were read
 * @param replayed whether this answer was given, or under way, before this request
 */
record ChatReply(
        String conversationId,
        Message message,
        @Nullable String usage,
        long latencyMs,
        int sent,
        Window.Source source,
        boolean replayed) {
    /** Of an answer that is stored already. */
    static ChatReply replayOf(Turn turn, Message stored) {
        RawValue latency = RawValue.parse(stored.bytes()).members().get("latency_ms");
        return new ChatReply(
                turn.conversationId(),
                stored,
                null,
                latency == null ? 0 : Math.max(0, latency.number().orElse(0)),
                0,
                Window.Source.BYPASS,
                true);
    }

    /** This, for another request that waited for it. */
    ChatReply asReplay() {
        return new ChatReply(conversationId, message, usage, latencyMs, sent, source, true);
    }

    /** As the API says, on one line. */
    String json() {
        return "{\"conversation_id\":" + JsonText.quote(conversationId)
                + ",\"message\":" + message.json()
                + ",\"usage\":" + usage
                + ",\"latency_ms\":" + latencyMs
                + ",\"history\":{\"messages\":" + sent
                + ",\"cache\":\"" + source.name().toLowerCase(Locale.ROOT) + "\"}"
                + Findings.of(message).json() + "}";
    }
}
