package dev.verbatim.server.importing;

import dev.verbatim.server.http.JsonOut;
import java.util.ArrayList;
import java.util.List;

/** Keeps what was skipped, and why, for a report; of very many the first. For many threads at once. */
final class ErrorList implements Progress {
    /** More are counted only. */
    static final int MOST = 100;

    private final List<String> errors = new ArrayList<>();
    private ImportReport report = new ImportReport(0, 0, 0, 0, null);

    ErrorList of(ImportReport ended) {
        report = ended;
        return this;
    }

    byte[] bytes() {
        return new JsonOut()
                .member("conversations", report.conversations())
                .member("messages", report.now() + report.before())
                .member("skipped", report.skipped())
                .raw("errors", "[" + String.join(",", errors) + "]")
                .end()
                .bytes();
    }

    @Override
    public void advance(long bytes, long messages) {
        // Nobody looks on.
    }

    @Override
    public void note(String line) {
        // What was skipped comes by itself.
    }

    @Override
    public synchronized void skipped(String at, String reason) {
        if (errors.size() < MOST) {
            errors.add(new JsonOut()
                    .member("at", at)
                    .member("message", reason)
                    .end()
                    .text());
        }
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
