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
    /**
     * How a conversation stands.
     *
     * @param lastSeq the number of its last message, 0 when it has none
     * @param titled whether it has a title
     */
    record There(long lastSeq, boolean titled) {}

    /** Makes {@code user}'s conversation when it is not there; returns how it stands then. */
    There create(String user, NewConversation head);

    /** All messages of the conversation up to number {@code lastSeq}, each with its id. */
    List<NewMessage> read(String user, String id, long lastSeq);

    /** Appends those messages whose ids are not there; returns how many got a number above {@code lastSeq}. */
    long append(String user, String id, List<NewMessage> messages, long lastSeq);

    /** Takes the conversation's title away. */
    void clearTitle(String user, String id);
}
