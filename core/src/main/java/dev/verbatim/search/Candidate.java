package dev.verbatim.search;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A text that may answer a query.
 *
 * @param conversation the UUID of its conversation's key
 * @param messageId the message; null for the title itself
 * @param seq the message's number; 0 for the title
 * @param role who said it; null for the title
 * @param text what is searched
 * @param createdAt when it was said, or the conversation begun
 */
public record Candidate(
        UUID conversation,
        @Nullable String messageId,
        long seq,
        @Nullable String role,
        String text,
        Instant createdAt) {}
