package dev.verbatim.server.migration;

import dev.verbatim.Conversation;
import dev.verbatim.ConversationKey;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What PostgreSQL had of a conversation when memory took it over. Whether it went on there since is told by this and not by
 * a time: messages may be brought with times of their own. Thread-safe.
 */
final class Origins {
    private final Map<ConversationKey, Origin> origins = new ConcurrentHashMap<>();

    /**
     * One conversation's.
     *
     * @param gen its generation in PostgreSQL
     * @param lastSeq how many messages it had there
     */
    record Origin(long gen, long lastSeq) {}

    void put(ConversationKey key, Origin origin) {
        origins.put(key, origin);
    }

    /** Empty of one that was made in memory. */
    Optional<Origin> of(ConversationKey key) {
        return Optional.ofNullable(origins.get(key));
    }

    /** Whether {@code there}, as PostgreSQL has it now, is what memory took over. */
    boolean isStill(ConversationKey key, Conversation there) {
        return of(key).filter(new Origin(there.gen(), there.lastSeq())::equals).isPresent();
    }
}
