package dev.verbatim.server.importing;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Conversations one after another, however many; holds one at a time. For one thread. */
public interface ConversationSource extends AutoCloseable {
    /**
     * The next entry, or null at the end.
     *
     * @throws IOException when the file cannot be read further
     */
    @Nullable
    Entry next() throws IOException;

    @Override
    void close() throws IOException;
}
