package dev.verbatim.server.chat;

import dev.verbatim.Message;

/** Who is told an answer while it comes. Each call blocks until it is told. */
interface ChatEvents {
    /**
     * The answer begins.
     *
     * @throws ClientGoneException when nobody listens any more; so do the others
     */
    void begin(String conversationId, String messageId);

    /** More of the answer. */
    void delta(Delta delta);

    /** No more comes, and {@code part}, what came, is stored as incomplete. Told also when nobody listens any more. */
    default void brokeOff(String conversationId, Message part) {}
}
