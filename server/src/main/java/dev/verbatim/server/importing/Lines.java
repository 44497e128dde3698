package dev.verbatim.server.importing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream of bytes into lines, and passes over those that are too long without holding them. {@link #next} goes to
 * a line, the other methods tell about it. For one thread.
 */
final class Lines {
    private final InputStream in;
    private final int longest;
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int filled;

    private long number;
    private long bytes;
    private byte @Nullable [] text;

    Lines(InputStream in, int longest) {
        this.in = in;
        this.longest = longest;
    }

    /** The line's number, from 1. */
    long number() {
        return number;
    }

    /** What the line takes in the file, its end included. */
    long bytes() {
        return bytes;
    }

    /** The line without its end, or null when it is longer than allowed. */
    byte @Nullable [] text() {
        return text;
    }

    /** Goes to the next line; false when there is none. */
    boolean next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        long length = 0;
        boolean ended = false;
        while (!ended && (at < filled || fill())) {
            int end = lineEnd();
            length += end - at;
            if (length <= longest) {
                line.write(buffer, at, end - at);
            }
            ended = end < filled;
            at = ended ? end + 1 : end;
        }
        number++;
        bytes = length + (ended ? 1 : 0);
        text = length <= longest ? line.toByteArray() : null;
        return bytes > 0;
    }

    private int lineEnd() {
        int end = at;
        while (end < filled && buffer[end] != '\n') {
            end++;
        }
        return end;
    }

    private boolean fill() throws IOException {
        at = 0;
        filled = Math.max(0, in.read(buffer));
        return filled > 0;
    }
}
