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

    /** How many bytes its entries have together, when the file has {@code ofFile}: more when it is packed. */
    default long bytes(long ofFile) {
        return ofFile;
    }

    @Override
    void close() throws IOException;
}
