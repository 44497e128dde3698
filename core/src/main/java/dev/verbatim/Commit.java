package dev.verbatim;

import java.util.List;

/**
 * What a committed append did to one conversation: the new messages {@code from..to}, which is nothing when all were
 * repeats ({@code to < from}).
 *
 * @param key the conversation
 * @param epoch the cache's epoch, as the transaction read it: an entry of another one may lack, or have lost, what came
 *     before
 * @param gen its generation
 * @param from the first new number
 * @param to the conversation's newest number
 * @param messages the new ones, in order
 */
public record Commit(ConversationKey key, long epoch, long gen, long from, long to, List<Message> messages) {
    public Commit {
        messages = List.copyOf(messages);
    }
}
