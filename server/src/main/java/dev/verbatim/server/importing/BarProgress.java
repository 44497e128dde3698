package dev.verbatim.server.importing;

import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicLong;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar that grows with the bytes of the file, for terminals. */
public final class BarProgress implements Progress {
    private static final int WIDTH = 79;
    private static final String LINE_START = "\r\u001b[K";

    private final PrintStream out;
    private final ProgressBar bar;
    private final AtomicLong messages = new AtomicLong();

    /** Draws to {@code out}, a terminal, about a file of {@code total} bytes. */
    public BarProgress(PrintStream out, long total) {
        this.out = out;
        this.bar = new ProgressBarBuilder()
                .setTaskName("import")
                .setInitialMax(total)
                .setUnit(" KiB", 1024)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(100)
                .setConsumer(new DelegatingProgressBarConsumer(this::draw, WIDTH))
                .build();
    }

    private synchronized void draw(String line) {
        out.print(LINE_START + line.stripTrailing());
        out.flush();
    }

    @Override
    public void advance(long bytes, long moreMessages) {
        bar.stepBy(bytes);
        bar.setExtraMessage(" " + messages.addAndGet(moreMessages) + " messages");
    }

    @Override
    public synchronized void note(String line) {
        out.println(LINE_START + line);
    }

    @Override
    public void close() {
        bar.close();
        out.println();
    }
}
