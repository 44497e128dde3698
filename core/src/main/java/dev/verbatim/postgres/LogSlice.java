package dev.verbatim.postgres;

import dev.verbatim.Message;
import java.util.List;

/**
 * Part of a conversation as one statement saw it.
 *
 * @param epoch the cache's epoch
 * @param gen the conversation's generation
 * @param lastSeq its newest number
 * @param messages the messages asked for, oldest first, numbers without a gap
 */
public record LogSlice(long epoch, long gen, long lastSeq, List<Message> messages) {
    public LogSlice {
        messages = List.copyOf(messages);
    }
}
