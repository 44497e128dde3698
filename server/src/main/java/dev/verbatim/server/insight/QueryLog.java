package dev.verbatim.server.insight;

import dev.verbatim.Owner;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One question that was answered.
 *
 * @param owner who asked
 * @param query what was asked
 * @param responseTimeMs how long the answer took, in milliseconds, 0 or more
 * @param tokensUsed all tokens of the call, prompt and answer, or null when nobody counted
 * @param conversationId where it was asked, as the application calls it, or null
 * @param retrievalQuality how good what was found for the answer was, 0 to 1, or null when nothing was looked for
 * @param recommendation {@code ANSWER}, {@code REFINE}, {@code CLARIFY} or {@code EXTERNAL}, or null
 * @param refinementCount how often the query was written anew, or null for never
 * @param contextsRetrieved how many contexts were found, or null for none
 * @param model which model answered, or null
 * @param createdAt when the answer was given, or null for now
 */
public record QueryLog(
        Owner owner,
        String query,
        long responseTimeMs,
        @Nullable Long tokensUsed,
        @Nullable String conversationId,
        @Nullable Double retrievalQuality,
        @Nullable String recommendation,
        @Nullable Integer refinementCount,
        @Nullable Integer contextsRetrieved,
        @Nullable String model,
        @Nullable Instant createdAt) {}
