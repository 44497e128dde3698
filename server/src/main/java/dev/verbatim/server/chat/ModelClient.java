package dev.verbatim.server.chat;

/** Something that answers. Thread-safe; calls block. */
interface ModelClient {
    /**
     * Asks for a whole answer.
     *
     * @throws ModelException when there is none
     */
    ModelAnswer ask(ModelRequest request);

    /**
     * Asks for an answer in pieces; returns when the first has come.
     *
     * @throws ModelException when none comes
     */
    ModelStream stream(ModelRequest request);
}
