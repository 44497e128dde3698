package dev.verbatim.embedded;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Small programs of the machine, run to their end. */
final class Tools {
    private static final Duration QUICK = Duration.ofSeconds(30);

    private Tools() {}

    /** How a program ended and what it said. */
    record Result(int exit, String output) {}

    /** Where a program is, in the user's path or where systems keep such programs. */
    static Optional<String> find(String program) {
        String path = System.getenv().getOrDefault("PATH", "") + ":/usr/bin:/bin:/usr/sbin:/sbin";
        return Stream.of(path.split(":", -1))
                .filter(directory -> directory.startsWith(File.separator))
                .map(directory -> Path.of(directory, program))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .map(Path::toString)
                .findFirst();
    }

    /**
     * Runs a program to its end, its output kept in a file, so that nothing it leaves running can hold us up.
     *
     * @throws IOException when it cannot be started, or takes longer than the limit
     */
    static Result run(List<String> command, Path output, Duration limit) throws IOException {
        Trees.createPrivately(output);
        Process process = Launch.builder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        process.getOutputStream().close();
        if (!ended(process, limit)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new IOException(command.get(0) + " did not end within " + limit.toSeconds() + " s");
        }
        return new Result(process.exitValue(), Files.readString(output, StandardCharsets.ISO_8859_1));
    }

    /** Runs a program whose failure does not matter. */
    static void runQuietly(List<String> command) {
        try {
            Process process = Launch.builder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!ended(process, QUICK)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            // Then it is done without.
        }
    }

    /** Whether the process ended in time; an interrupt ends the waiting too. */
    static boolean ended(Process process, Duration limit) {
        try {
            return process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }
}
