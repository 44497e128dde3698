package dev.verbatim;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A conversation without its messages.
 *
 * @param id as the application brought it, or a version 7 UUID made here
 * @param title null until somebody gave one or the first user message made one
 * @param lastSeq the newest message's number; as numbers have no gap, also how many there are
 * @param gen the generation: grows with every change that is not an append, and is never used twice
 * @param metadata a JSON object as it was given, without insignificant white space; {@code {}} when none was
 * @param createdAt when it was made
 * @param updatedAt when it last got a message, or one was changed or taken away
 * @param preview in lists by last activity the first line of the newest message; null when that begins with no text, and
 *     everywhere else
 */
public record Conversation(
        String id,
        @Nullable String title,
        long lastSeq,
        long gen,
        String metadata,
        Instant createdAt,
        Instant updatedAt,
        @Nullable String preview) {

    /** One without a preview. */
    public Conversation(
            String id,
            @Nullable String title,
            long lastSeq,
            long gen,
            String metadata,
            Instant createdAt,
            Instant updatedAt) {
        this(id, title, lastSeq, gen, metadata, createdAt, updatedAt, null);
    }

    /** This with the preview of a newest message whose body begins like this; null when there is no message. */
    public Conversation previewing(@Nullable String bodyBeginning) {
        String line = bodyBeginning == null ? null : Previews.of(bodyBeginning);
        return new Conversation(id, title, lastSeq, gen, metadata, createdAt, updatedAt, line);
    }
}
