package dev.verbatim;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What to change of a conversation; a part that is not set stays as it is. Immutable.
 *
 * @param setsTitle whether {@code title} replaces the old one
 * @param title the new title, at most 1,000 characters; null takes the title away
 * @param setsMetadata whether {@code metadata} replaces the old
 * @param metadata the new metadata, a JSON object; null stands for an empty one
 * @param ifGen change only while the conversation is of this generation
 */
public record ConversationUpdate(
        boolean setsTitle,
        @Nullable String title,
        boolean setsMetadata,
        @Nullable String metadata,
        OptionalLong ifGen) {
    /** Changes nothing: where an update begins. */
    public static final ConversationUpdate NONE =
            new ConversationUpdate(false, null, false, null, OptionalLong.empty());

    /**
     * Checks and compacts.
     *
     * @throws InvalidInputException when the title is too long or has NUL or a lone surrogate, or the metadata is no JSON object
     */
    public ConversationUpdate {
        title = Titles.check(title);
        metadata = metadata == null ? "{}" : Json.compactObject("metadata", metadata);
    }

    /** This, and the title set; null takes it away. */
    public ConversationUpdate title(@Nullable String newTitle) {
        return new ConversationUpdate(true, newTitle, setsMetadata, metadata, ifGen);
    }

    /** This, and the metadata set, a JSON object; null empties it. */
    public ConversationUpdate metadata(@Nullable String newMetadata) {
        return new ConversationUpdate(setsTitle, title, true, newMetadata, ifGen);
    }

    /** This, but only while the conversation is of generation {@code gen}. */
    public ConversationUpdate ifGen(long gen) {
        return new ConversationUpdate(setsTitle, title, setsMetadata, metadata, OptionalLong.of(gen));
    }
}
