package dev.verbatim.faults.inside;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * When Redis did not confirm in time, to a service, what was committed: a fault like one that was brought about, whatever it
 * came from. On a busy machine nobody needs to bring it about.
 */
public final class SlowMoments {
    /** How long a service waits for Redis to confirm an append. */
    private static final long PATIENCE_NANOS = 250_000_000;

    private static volatile Path file = Path.of("");

    private SlowMoments() {}

    static void noteIn(Path there) {
        file = there;
    }

    /** Notes a moment, as a line with its begin and end, if Redis was slow: not if it said no. */
    public static void ended(List<?> unconfirmed, long deadline) {
        long now = System.nanoTime();
        if (!unconfirmed.isEmpty() && now - deadline >= 0) {
            try {
                Files.writeString(
                        file,
                        (deadline - PATIENCE_NANOS) + " " + now + "\n",
                        StandardCharsets.US_ASCII,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
