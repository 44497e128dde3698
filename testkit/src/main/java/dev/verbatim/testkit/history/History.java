package dev.verbatim.testkit.history;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * All that is known of a run.
 *
 * @param operations every call of every client, in any order
 * @param faults when something was broken on purpose
 * @param finalLog what PostgreSQL has in the end; a conversation that is not listed does not exist
 */
public record History(List<Operation> operations, List<Fault> faults, List<FinalConversation> finalLog) {
    public History {
        operations = List.copyOf(operations);
        faults = List.copyOf(faults);
        finalLog = List.copyOf(finalLog);
    }

    /**
     * What the files of {@link HistoryRecorder}s say together. A file's last line may be cut off, as a killed client leaves
     * it; a call whose answer was never recorded counts as one of unknown outcome.
     *
     * @throws IOException when a file cannot be read, or says what no recorder writes
     * @throws IllegalStateException when none of them, or more than one, has the final log
     */
    public static History read(List<Path> files) throws IOException {
        HistoryReader reader = new HistoryReader();
        for (Path file : files) {
            reader.add(file);
        }
        return reader.history();
    }
}
