package dev.verbatim;

/**
 * That a conversation was changed.
 *
 * @param key the conversation
 * @param gen its generation since
 * @param seq its newest number since; 0 when it was deleted
 */
public record Change(ConversationKey key, long gen, long seq) {
    /** The newer one of two changes of one conversation. */
    Change newest(Change other) {
        return gen > other.gen || (gen == other.gen && seq >= other.seq) ? this : other;
    }
}
