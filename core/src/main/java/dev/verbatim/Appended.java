package dev.verbatim;

import java.util.List;

/**
 * What an append stored.
 *
 * @param messages one for each message given, in the order given; a repeat is the message first stored
 * @param gen the conversation's generation
 * @param lastSeq the conversation's newest number after this append
 */
public record Appended(List<Message> messages, long gen, long lastSeq) {
    public Appended {
        messages = List.copyOf(messages);
    }
}
