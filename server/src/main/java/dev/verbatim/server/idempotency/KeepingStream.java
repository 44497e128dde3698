package dev.verbatim.server.idempotency;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Consumer;

/** Passes an answer on and remembers it, up to a size; gives it away before its end is passed on. Used by one thread. */
final class KeepingStream extends FilterOutputStream {
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final int most;
    private final Consumer<byte[]> whole;
    private boolean closed;

    /** Gives more than {@code most} bytes to {@code whole} when there were more; not how many. */
    KeepingStream(OutputStream out, int most, Consumer<byte[]> whole) {
        super(out);
        this.most = most;
        this.whole = whole;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        kept.write(bytes, offset, Math.min(length, most + 1 - kept.size()));
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            whole.accept(kept.toByteArray());
            out.close();
        }
    }
}
