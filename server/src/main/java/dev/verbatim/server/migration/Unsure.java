package dev.verbatim.server.migration;

import dev.verbatim.ConversationKey;
import dev.verbatim.HistoryException;
import dev.verbatim.HistoryStore;
import dev.verbatim.InMemoryHistoryStore;
import dev.verbatim.Owner;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Conversations of which it is not known whether memory was told all that the lasting store did. Nothing of them can be
 * compared; memory takes them over from there. Thread-safe.
 */
final class Unsure {
    private final HistoryStore truth;
    private final InMemoryHistoryStore memory;
    private final Set<ConversationKey> keys = ConcurrentHashMap.newKeySet();

    Unsure(HistoryStore truth, InMemoryHistoryStore memory) {
        this.truth = truth;
        this.memory = memory;
    }

    void add(Collection<ConversationKey> more) {
        keys.addAll(more);
    }

    boolean has(ConversationKey key) {
        return keys.contains(key);
    }

    /**
     * Memory takes over what is there, when that is not known; while it cannot be asked, that stays so. The caller sees to
     * it that nobody changes or compares the conversation meanwhile.
     */
    void settle(ConversationKey key, Owner owner, String id) {
        if (has(key)) {
            try {
                truth.get(owner, id)
                        .ifPresentOrElse(
                                there -> Moving.copy(truth, memory, owner, there), () -> memory.remove(owner, id));
                keys.remove(key);
            } catch (HistoryException e) {
                // The next call tries again.
            }
        }
    }
}
