package dev.verbatim.faults;

import dev.verbatim.testkit.history.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What services noted of a Redis that was too slow, as faults. */
final class SlowFaults {
    private SlowFaults() {}

    static List<Fault> read(Path file) throws IOException {
        List<Fault> faults = new ArrayList<>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                String[] words = line.split(" ", -1);
                faults.add(new Fault("slow-redis", Long.parseLong(words[0]), Long.parseLong(words[1])));
            }
        }
        return faults;
    }
}
