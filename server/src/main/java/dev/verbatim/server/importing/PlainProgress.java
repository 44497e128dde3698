package dev.verbatim.server.importing;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/** A line about once a second, for logs and pipes. */
public final class PlainProgress implements Progress {
    private static final long BETWEEN = Duration.ofSeconds(1).toNanos();

    private final PrintStream out;
    private final long total;
    private final LongSupplier nanoTime;
    private long lastLine;
    private long bytes;
    private long messages;

    /** Writes to {@code out} about a file of {@code total} bytes. */
    public PlainProgress(PrintStream out, long total) {
        this(out, total, System::nanoTime);
    }

    PlainProgress(PrintStream out, long total, LongSupplier nanoTime) {
        this.out = out;
        this.total = total;
        this.nanoTime = nanoTime;
        this.lastLine = nanoTime.getAsLong();
    }

    @Override
    public synchronized void advance(long moreBytes, long moreMessages) {
        bytes += moreBytes;
        messages += moreMessages;
        long now = nanoTime.getAsLong();
        if (now - lastLine >= BETWEEN) {
            lastLine = now;
            long percent = total == 0 ? 100 : Math.min(100, bytes * 100 / total);
            out.println(String.format(Locale.ROOT, "import: %d %% of the file, %d messages", percent, messages));
        }
    }

    @Override
    public synchronized void note(String line) {
        out.println(line);
    }

    @Override
    public void close() {
        // Every line is written at once.
    }
}
