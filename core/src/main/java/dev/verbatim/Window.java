package dev.verbatim;

import java.util.List;

/**
 * A slice of a conversation as it was answered.
 *
 * @param messages the messages, oldest first, numbers without a gap
 * @param epoch the cache's epoch: another one means that nothing cached before counts
 * @param gen the conversation's generation
 * @param lastSeq the newest number the answer knows of
 * @param hasMore whether more messages remain in range
 * @param source where the answer came from
 */
public record Window(List<Message> messages, long epoch, long gen, long lastSeq, boolean hasMore, Source source) {
    /** Where an answer came from. */
    public enum Source {
        /** Redis. */
        HIT,
        /** PostgreSQL, because Redis had it not or not new enough. */
        MISS,
        /** PostgreSQL, because Redis was not asked: not to be trusted just now, or the caller asked for it. */
        BYPASS,
        /** Redis, while PostgreSQL could not be asked for newer: possibly not the newest. */
        STALE
    }

    public Window {
        messages = List.copyOf(messages);
    }
}
