package dev.verbatim.server.importing;

import org.jspecify.annotations.Nullable;

/** Counts what an import did. For many threads at once. */
final class Tally {
    private long conversations;
    private long now;
    private long before;
    private long skipped;
    private @Nullable String stopped;

    synchronized void stored(ImportSink.Stored stored) {
        conversations++;
        now += stored.now();
        before += stored.before();
    }

    synchronized void skipped() {
        skipped++;
    }

    /** The import ends early; the first reason counts. */
    synchronized void stop(String reason) {
        if (stopped == null) {
            stopped = reason;
        }
    }

    synchronized boolean isStopped() {
        return stopped != null;
    }

    synchronized ImportReport report() {
        return new ImportReport(conversations, now, before, skipped, stopped);
    }
}
