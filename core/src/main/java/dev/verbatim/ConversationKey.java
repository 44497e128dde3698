package dev.verbatim;

import java.util.Comparator;
import java.util.UUID;

/**
 * Where a conversation is kept: its owner and the name-based UUID of owner and conversation id, so that two owners who
 * bring the same id never share a row or a cache key, and no look-up is needed to find either.
 *
 * @param owner the owner's id
 * @param id version 5 of owner and conversation id
 */
public record ConversationKey(UUID owner, UUID id) implements Comparable<ConversationKey> {
    /** The order in which rows are locked; that of PostgreSQL's {@code uuid}: bytes without a sign. */
    static final Comparator<UUID> UNSIGNED = (a, b) -> {
        int high = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
    };

    private static final Comparator<ConversationKey> ORDER =
            Comparator.comparing(ConversationKey::owner, UNSIGNED).thenComparing(ConversationKey::id, UNSIGNED);

    /**
     * The key of a conversation id as an application knows it.
     *
     * @throws InvalidInputException when {@code conversationId} is not 1 to 255 characters without control characters
     */
    public static ConversationKey of(Owner owner, String conversationId) {
        Names.checkId("conversation_id", conversationId);
        return new ConversationKey(owner.id(), Uuids.nameBased(owner.id(), conversationId));
    }

    @Override
    public int compareTo(ConversationKey other) {
        return ORDER.compare(this, other);
    }
}
