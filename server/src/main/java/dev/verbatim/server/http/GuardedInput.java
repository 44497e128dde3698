package dev.verbatim.server.http;

import io.helidon.webserver.CloseConnectionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;

/**
 * A request's body as it comes in, each piece of which must come within a time, so that a client that does not send holds
 * its thread only so long. Used by one thread.
 */
final class GuardedInput extends InputStream {
    private final InputStream in;
    private final Watchdog watchdog;
    private final Duration limit;
    private final Runnable atEnd;

    /** Whoever waits for the end is told by {@code atEnd}. */
    GuardedInput(InputStream in, Watchdog watchdog, Duration limit, Runnable atEnd) {
        this.in = in;
        this.watchdog = watchdog;
        this.limit = limit;
        this.atEnd = atEnd;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    @SuppressWarnings("try") // the guard only has to be there
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try (Watchdog.Guard guard = watchdog.guard(limit)) {
            int n = in.read(bytes, offset, length);
            if (n < 0) {
                atEnd.run();
            }
            return n;
        } catch (IOException | UncheckedIOException e) {
            throw new CloseConnectionException("the body did not come in", e);
        } catch (RuntimeException e) {
            // Helidon says so of a client that stops in the middle, and of chunks that are none: no fault of ours.
            throw RequestBody.cutShort();
        }
    }
}
