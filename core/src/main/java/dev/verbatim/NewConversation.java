package dev.verbatim;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A conversation to be made.
 *
 * @param id the application's own id (1 to 255 characters), or null to have one made
 * @param title at most 1,000 characters without NUL or lone surrogates, or null
 * @param metadata a JSON object, or null for an empty one
 * @param createdAt when it was made, if that was before, somewhere else; null for now
 */
public record NewConversation(
        @Nullable String id,
        @Nullable String title,
        @Nullable String metadata,
        @Nullable Instant createdAt) {
    /**
     * Checks and compacts; of the time, what is finer than a microsecond is left out.
     *
     * @throws InvalidInputException when a part is not as said above
     */
    public NewConversation {
        if (id != null) {
            Names.checkId("id", id);
        }
        title = Titles.check(title);
        metadata = metadata == null ? "{}" : Json.compactObject("metadata", metadata);
        createdAt = createdAt == null ? null : Times.parse("created_at", createdAt.toString());
    }

    /** One that is made now. */
    public NewConversation(@Nullable String id, @Nullable String title, @Nullable String metadata) {
        this(id, title, metadata, null);
    }

    /** This, under an id made here when none was brought: a version 7 UUID. */
    public NewConversation identified() {
        return id != null ? this : new NewConversation(Uuids.timeOrdered().toString(), title, metadata, createdAt);
    }

    /** A conversation about which only the id is known, or nothing when it is null. */
    public static NewConversation withId(@Nullable String id) {
        return new NewConversation(id, null, null);
    }
}
