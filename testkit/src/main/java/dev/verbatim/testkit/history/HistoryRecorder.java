package dev.verbatim.testkit.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Writes what clients do into a file, one a process. Appends and changes are in the file before they are sent, so that
 * what a killed client may have written is known; reads when they are answered. Thread-safe; meant for many clients at once.
 * Methods throw {@link UncheckedIOException} when the file cannot be written.
 */
public final class HistoryRecorder implements AutoCloseable {
    private static final int REMEMBERED = 100_000;

    private final HistoryWriter writer;

    private HistoryRecorder(HistoryWriter writer) {
        this.writer = writer;
    }

    /** A recorder into a new file. */
    public static HistoryRecorder create(Path file) {
        try {
            return new HistoryRecorder(new HistoryWriter(
                    Files.newBufferedWriter(file, StandardCharsets.US_ASCII, StandardOpenOption.CREATE_NEW),
                    REMEMBERED));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A client that does one call after the other; {@code session} is unique among all files of a run. */
    public RecordedSession session(String user, String session) {
        return new RecordedSession(writer, user, session);
    }

    /** Notes a call that is recorded by hand. */
    public void operation(Operation operation) {
        writer.operation(operation);
    }

    /** Notes a fault that is over. */
    public void fault(Fault fault) {
        writer.fault(fault);
    }

    /** Notes what PostgreSQL has when all is over; once in all files of a run. */
    public void finalLog(List<FinalConversation> conversations) {
        writer.finalLog(conversations);
    }

    @Override
    public void close() {
        writer.close();
    }
}
