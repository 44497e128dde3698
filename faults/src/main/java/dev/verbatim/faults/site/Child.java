package dev.verbatim.faults.site;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process that was started here, with what it says in a log file. */
final class Child {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final Process process;

    private Child(Process process) {
        this.process = process;
    }

    /** Starts a process that reads {@code input}; its log goes on where an earlier one's ended. */
    static Child start(List<String> command, Map<String, String> environment, Path log, String input) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            try (OutputStream in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            }
            return new Child(process);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + command.getFirst(), e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /** Ends it as {@code kill -9} does, and waits for that. */
    void kill() {
        process.destroyForcibly();
        if (!ends(SOON)) {
            throw new IllegalStateException("pid " + process.pid() + " cannot be killed");
        }
    }

    /** Sends a signal by its name, such as STOP. */
    void signal(String name) {
        Signals.send(name, process.pid());
    }

    /** Waits for its end; returns whether it came in time. */
    boolean ends(Duration limit) {
        try {
            return process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
