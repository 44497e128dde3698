package dev.verbatim.server.importing;

import dev.verbatim.NewConversation;
import dev.verbatim.NewMessage;
import java.util.List;

/**
 * What an import does to a store, call by call; each goes on trying while the store is away. For many threads at once.
 *
 * <p>Every method throws {@link EntryRefusedException} when the store does not take this conversation, and {@link
 * ImportStoppedException} when it takes none.
 */
interface Target {
    /** Makes {@code user}'s conversation when it is not there; returns the number of its last message. */
    long create(String user, NewConversation head);

    /** All messages of the conversation up to number {@code lastSeq}, each with its id. */
    List<NewMessage> read(String user, String id, long lastSeq);

    /** Appends those messages whose ids are not there; returns how many got a number above {@code lastSeq}. */
    long append(String user, String id, List<NewMessage> messages, long lastSeq);
}
