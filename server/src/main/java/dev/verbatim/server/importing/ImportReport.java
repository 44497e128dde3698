package dev.verbatim.server.importing;

import org.jspecify.annotations.Nullable;

/**
 * How an import ended.
 *
 * @param conversations conversations whose messages are all stored, now or before
 * @param now messages stored now
 * @param before messages that were there already
 * @param skipped entries that could not be taken, each of which was named
 * @param stopped why the import ended before the file's end, or null when it did not
 */
public record ImportReport(
        long conversations,
        long now,
        long before,
        long skipped,
        @Nullable String stopped) {
    /** 0: all is stored; 2: some of it is not; 1: nothing was done. */
    public int exitCode() {
        if (skipped == 0 && stopped == null) {
            return 0;
        }
        return conversations == 0 ? 1 : 2;
    }
}
