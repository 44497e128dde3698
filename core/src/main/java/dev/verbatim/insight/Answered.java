package dev.verbatim.insight;

import dev.verbatim.ConversationKey;
import dev.verbatim.MessageText;
import dev.verbatim.Owner;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A query log as it is stored: one query and how it was answered. Storing the same one twice stores it once.
 *
 * @param id given when it was taken
 * @param createdAt when it was answered, to the microsecond
 * @param query empty once its conversation is deleted
 * @param responseTimeMs in milliseconds
 * @param conversationId as the application calls it
 */
public record Answered(
        UUID id,
        Owner owner,
        Instant createdAt,
        String query,
        int responseTimeMs,
        @Nullable Integer tokensUsed,
        @Nullable String conversationId,
        @Nullable Double retrievalQuality,
        @Nullable Recommendation recommendation,
        @Nullable Integer refinementCount,
        @Nullable Integer contextsRetrieved,
        @Nullable String model) {
    /** The most characters (UTF-16 units) a query has. */
    public static final int LONGEST_QUERY = 32_768;

    /** The most characters a model's name has: roll-ups are found by it. */
    public static final int LONGEST_MODEL = 255;

    private static final int BYTES_BESIDE_TEXT = 300;

    /** What PostgreSQL cannot hold is replaced. */
    public Answered {
        query = MessageText.storable(query);
        model = model == null ? null : MessageText.storable(model);
    }

    /** Where it was asked, or null. */
    public @Nullable ConversationKey conversation() {
        return conversationId == null ? null : ConversationKey.of(owner, conversationId);
    }

    /** About how much memory it takes. */
    public int bytes() {
        return BYTES_BESIDE_TEXT + 2 * query.length();
    }
}
