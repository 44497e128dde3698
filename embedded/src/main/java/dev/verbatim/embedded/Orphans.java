package dev.verbatim.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops what a killed owner of the data directory left running. A process is ours when its executable lies in the
 * directory's {@code bin}; process numbers written down somewhere are not trusted, for another may have got them since.
 */
final class Orphans {
    private static final Logger LOG = LoggerFactory.getLogger(Orphans.class);
    private static final Duration KILL_LIMIT = Duration.ofSeconds(10);

    private Orphans() {}

    /**
     * Stops every process run from that directory: in order, and by force when that takes longer than the limit.
     *
     * @param whose who left them behind, for the log
     */
    static void stop(Path binaries, Duration limit, String whose) {
        List<ProcessHandle> orphans = find(binaries);
        if (orphans.isEmpty()) {
            return;
        }
        LOG.info("{}", line(orphans.size(), whose));
        // INT means "stop now, in order" to both servers and to initdb; their children follow by themselves.
        roots(orphans).forEach(root -> Launch.signal("INT", root));
        if (!Await.until(limit, () -> find(binaries).isEmpty())) {
            find(binaries).forEach(ProcessHandle::destroyForcibly);
            if (!Await.until(KILL_LIMIT, () -> find(binaries).isEmpty())) {
                throw new EmbeddedException("A process of an earlier Verbatim cannot be stopped: kill pid "
                        + find(binaries).stream().map(ProcessHandle::pid).toList() + " and start again");
            }
        }
    }

    static String line(int processes, String whose) {
        return "Stopping " + (processes == 1 ? "a process" : processes + " processes") + " left by " + whose;
    }

    static List<ProcessHandle> find(Path binaries) {
        return ProcessHandle.allProcesses()
                .filter(process -> executable(process)
                        .filter(path -> path.startsWith(binaries))
                        .isPresent())
                .toList();
    }

    private static List<ProcessHandle> roots(List<ProcessHandle> processes) {
        Set<ProcessHandle> all = new HashSet<>(processes);
        return processes.stream()
                .filter(process -> process.parent().filter(all::contains).isEmpty())
                .toList();
    }

    static Optional<Path> executable(ProcessHandle process) {
        return process.info().command().or(() -> firstArgument(process.pid())).map(Path::of);
    }

    /** For a process of another user, whose executable we may not be allowed to see. */
    private static Optional<String> firstArgument(long pid) {
        try {
            String line =
                    Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"), StandardCharsets.ISO_8859_1);
            int end = line.indexOf('\0');
            return line.startsWith("/") && end > 0 ? Optional.of(line.substring(0, end)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
