package dev.verbatim.server.chat;

import org.jspecify.annotations.Nullable;

/** An answer that comes in pieces. Used by one thread; {@link #close} ends the model's work when it is not done. */
interface ModelStream extends AutoCloseable {
    /**
     * Waits for the next piece.
     *
     * @return null when the answer is whole
     * @throws ModelException when it breaks off; {@link #soFar} still gives what came before
     */
    @Nullable
    Delta next();

    /** What came so far. */
    ModelAnswer soFar();

    @Override
    void close();
}
