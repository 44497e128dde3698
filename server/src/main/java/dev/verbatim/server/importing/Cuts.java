package dev.verbatim.server.importing;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A file in pieces, one at a time. {@link #next} goes to a piece, the other methods tell about it. For one thread. */
interface Cuts extends Closeable {
    /** Goes to the next piece; false when there is none. */
    boolean next() throws IOException;

    /** Where the piece stands, for people. */
    String at();

    /** What it takes in the file, with what divides it from others. */
    long bytes();

    /** The piece, or null when it is longer than allowed. */
    byte @Nullable [] text();

    /** What is wrong behind the last piece, or null: known when there is no next one. */
    @Nullable
    String fault();
}
