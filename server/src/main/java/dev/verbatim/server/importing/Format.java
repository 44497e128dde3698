package dev.verbatim.server.importing;

import java.io.IOException;
import java.nio.file.Path;

/** A kind of file that can be brought. Stateless. */
interface Format {
    /** What people call it. */
    String name();

    /** Whether a file that looks like this is one. */
    boolean fits(Shape shape);

    /**
     * Reads {@code file}, which looks like {@code shape}, from its beginning.
     *
     * @throws IOException when it cannot be opened
     * @throws ImportStoppedException when it can be seen at once that nothing of it can be brought
     */
    ConversationSource open(Path file, Shape shape) throws IOException;
}
