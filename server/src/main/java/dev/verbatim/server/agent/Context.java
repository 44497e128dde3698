package dev.verbatim.server.agent;

import dev.verbatim.Times;
import dev.verbatim.server.json.JsonText;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message of the user's history that may help.
 *
 * @param conversationId where it was said
 * @param title that conversation's title, or null
 * @param messageId the message
 * @param seq its number
 * @param role who said it
 * @param text what was said, cut when it is long
 * @param createdAt when
 * @param score how much of the question is in it and around it, 0 to 1
 */
record Context(
        String conversationId,
        @Nullable String title,
        String messageId,
        long seq,
        String role,
        String text,
        Instant createdAt,
        double score) {
    private static final int LONGEST = 600;

    static String cut(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST)) + "…";
    }

    /** As the API gives it. */
    String json() {
        return "{\"conversation_id\":" + JsonText.quote(conversationId)
                + ",\"title\":" + (title == null ? "null" : JsonText.quote(title))
                + ",\"message_id\":" + JsonText.quote(messageId)
                + ",\"seq\":" + seq
                + ",\"role\":" + JsonText.quote(role)
                + ",\"text\":" + JsonText.quote(text)
                + ",\"created_at\":" + JsonText.quote(Times.format(createdAt))
                + ",\"score\":" + Quality.rounded(score) + "}";
    }
}
