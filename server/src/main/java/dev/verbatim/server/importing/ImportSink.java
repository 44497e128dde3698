package dev.verbatim.server.importing;

import java.util.function.Consumer;

/** Where conversations are brought. For many threads at once, but one at a time for each conversation. */
public interface ImportSink extends AutoCloseable {
    /**
     * How a conversation's messages ended.
     *
     * @param now messages stored by this call
     * @param before messages that were there already
     */
    record Stored(long now, long before) {}

    /**
     * Makes the conversation when it is not there and appends those of its messages that are not there; waits until all
     * are on disk.
     *
     * @throws EntryRefusedException when this conversation cannot be taken, though others may be
     * @throws ImportStoppedException when no other could be taken either
     */
    Stored store(SourceConversation conversation);

    /** Who is told when the sink has to wait for what it brings to. */
    void tellWaits(Consumer<String> listener);

    /** Gives up what the sink holds. */
    @Override
    void close();
}
