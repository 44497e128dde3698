package dev.verbatim.server.exporting;

import dev.verbatim.Conversation;
import dev.verbatim.Message;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** How a conversation is written. It comes in parts, each an unbroken run that directly follows the one before. */
interface Format {
    /** Writes what stands before the messages. */
    void begin(Conversation conversation, OutputStream out) throws IOException;

    /**
     * Writes a part; at least one comes, which is empty only when there are no messages.
     *
     * @param first whether no part came before
     */
    void part(Conversation conversation, List<Message> messages, boolean first, OutputStream out) throws IOException;

    /** Writes what stands behind the messages. */
    void end(OutputStream out) throws IOException;
}
