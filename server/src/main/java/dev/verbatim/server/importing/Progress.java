package dev.verbatim.server.importing;

/** Shows people how far an import is. For many threads at once. */
public interface Progress extends AutoCloseable {
    /** So many more bytes of the file are done with, and so many more of its messages are stored. */
    void advance(long bytes, long messages);

    /** Says something that is to be kept on the screen. */
    void note(String line);

    /** Says that the entry at some place was skipped, and why. */
    default void skipped(String at, String reason) {
        note(at + ": " + reason);
    }

    /** Ends the showing. */
    @Override
    void close();
}
