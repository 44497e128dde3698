package dev.verbatim.bench.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** The parent's end of a {@link Child}. For one thread at a time. */
public final class ChildProcess implements AutoCloseable {
    private final String name;
    private final Process process;
    private final Writer commands;
    private final BufferedReader answers;

    private ChildProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        commands = process.outputWriter(StandardCharsets.UTF_8);
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts one; what it logs goes into the file {@code log}. */
    static ChildProcess start(String name, Map<String, String> environment, Path log) {
        ProcessBuilder builder =
                new ProcessBuilder(Jvm.command(Child.class.getName(), name)).redirectError(log.toFile());
        builder.environment().putAll(environment);
        try {
            return new ChildProcess(name, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Has it do something and waits for that.
     *
     * @return the words of its answer
     */
    public String[] tell(Object... words) {
        StringBuilder line = new StringBuilder();
        for (Object word : words) {
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        try {
            commands.write(line.append('\n').toString());
            commands.flush();
            String answer = answers.readLine();
            if (answer == null || !answer.startsWith("ok")) {
                throw new IllegalStateException(name + ", told " + words[0] + ": " + answer);
            }
            return answer.substring(2).strip().split(" ");
        } catch (IOException e) {
            throw new UncheckedIOException(name + " has ended", e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
