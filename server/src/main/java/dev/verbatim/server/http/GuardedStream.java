package dev.verbatim.server.http;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/**
 * An answer's body whose every piece must go out within a time, so that a client that does not read holds its thread, and
 * what works for it, only so long. Used by one thread.
 */
final class GuardedStream extends OutputStream {
    private interface Sending {
        void run() throws IOException;
    }

    private final OutputStream out;
    private final Watchdog watchdog;
    private final Duration limit;

    GuardedStream(OutputStream out, Watchdog watchdog, Duration limit) {
        this.out = out;
        this.watchdog = watchdog;
        this.limit = limit;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        inTime(() -> out.write(bytes, offset, length));
    }

    @Override
    public void flush() throws IOException {
        inTime(out::flush);
    }

    @Override
    public void close() throws IOException {
        inTime(out::close);
    }

    private void inTime(Sending sending) throws IOException {
        Watchdog.Guard guard = watchdog.guard(limit);
        try {
            sending.run();
        } finally {
            guard.close();
        }
    }
}
