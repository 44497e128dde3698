package dev.verbatim.server.chat;

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
}
