package dev.verbatim.server.doctor;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Whether this machine has what a service needs. */
final class MachineChecks {
    private static final long ENOUGH_BYTES = 1L << 30;
    private static final long ENOUGH_FILES = 4096;

    private MachineChecks() {}

    static List<Finding> of(Path dataDirectory) {
        List<Finding> findings = new ArrayList<>();
        findings.add(disk(dataDirectory));
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
            findings.add(files(unix.getMaxFileDescriptorCount()));
        }
        return findings;
    }

    private static Finding disk(Path dataDirectory) {
        String question = "the disk has room";
        String meaning =
                "The data directory is on it, with the embedded PostgreSQL if that is used; a PostgreSQL elsewhere has"
                        + " a disk of its own.";
        String remedy = "Make room on it, or move the data directory and set VERBATIM_DATA_DIR.";
        try {
            long left = Files.getFileStore(there(dataDirectory)).getUsableSpace();
            return Finding.of(
                    question,
                    left >= ENOUGH_BYTES,
                    left / (1 << 20) + " MiB left for " + dataDirectory,
                    meaning,
                    remedy);
        } catch (IOException e) {
            return Finding.of(question, false, e.getClass().getSimpleName() + " for " + dataDirectory, meaning, remedy);
        }
    }

    /** The directory, or the nearest above it: before the first start it is not there. */
    private static Path there(Path directory) {
        Path parent = directory.getParent();
        return Files.exists(directory) || parent == null ? directory : there(parent);
    }

    private static Finding files(long limit) {
        return Finding.of(
                "enough files may be open",
                limit >= ENOUGH_FILES,
                limit + " for a process started as this one",
                "Each connection of a client is an open file.",
                "Raise it: ulimit -n 65536 before the start, or LimitNOFILE= in the systemd unit.");
    }
}
