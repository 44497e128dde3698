package dev.verbatim;

import java.time.Instant;
import java.util.UUID;

/**
 * That a conversation was deleted, or a user erased, within the last day: an append does not make it again.
 *
 * @param key the conversation's; of a user, the user's own id in both places
 * @param at when
 */
public record Gone(ConversationKey key, Instant at) {
    /** That {@code user} was erased. */
    static Gone user(UUID user, Instant at) {
        return new Gone(new ConversationKey(user, user), at);
    }

    boolean isUser() {
        return key.owner().equals(key.id());
    }
}
