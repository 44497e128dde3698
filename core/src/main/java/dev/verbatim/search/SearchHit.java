package dev.verbatim.search;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message or a title that was found.
 *
 * @param conversationId where it is
 * @param title that conversation's title, or null
 * @param messageId the message; null for a title
 * @param seq the message's number; 0 for a title
 * @param role who said it; null for a title
 * @param text what was searched: the first 32,768 characters of the text
 * @param snippet the part of the text that answers the query, as safe HTML with {@code <mark>}
 * @param rank more is better
 * @param createdAt when it was said, or the conversation begun
 */
public record SearchHit(
        String conversationId,
        @Nullable String title,
        @Nullable String messageId,
        long seq,
        @Nullable String role,
        String text,
        String snippet,
        double rank,
        Instant createdAt) {}
