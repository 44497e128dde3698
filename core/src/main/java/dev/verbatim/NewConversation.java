package dev.verbatim;

import org.jspecify.annotations.Nullable;

/**
 * A conversation to be made.
 *
 * @param id the application's own id (1 to 255 characters), or null to have one made
 * @param title at most 1,000 characters without NUL or lone surrogates, or null
 * @param metadata a JSON object, or null for an empty one
 */
public record NewConversation(
        @Nullable String id,
        @Nullable String title,
        @Nullable String metadata) {
    /**
     * Checks and compacts.
     *
     * @throws InvalidInputException when a part is not as said above
     */
    public NewConversation {
        if (id != null) {
            Names.checkId("id", id);
        }
        title = Titles.check(title);
        metadata = metadata == null ? "{}" : Json.compactObject("metadata", metadata);
    }

    /** This, under an id made here when none was brought: a version 7 UUID. */
    public NewConversation identified() {
        return id != null ? this : new NewConversation(Uuids.timeOrdered().toString(), title, metadata);
    }

    /** A conversation about which only the id is known, or nothing when it is null. */
    public static NewConversation withId(@Nullable String id) {
        return new NewConversation(id, null, null);
    }
}
