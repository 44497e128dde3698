package dev.verbatim.server;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process that runs {@code verbatim}, mostly {@code serve}; ended when closed. */
final class Serve implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 60;

    private final Process process;
    private final Path output;
    private final Path errors;

    private Serve(Process process, Path output, Path errors) {
        this.process = process;
        this.output = output;
        this.errors = errors;
    }

    static Serve start(Path directory, Map<String, String> settings) throws IOException {
        return run(directory, settings, "serve");
    }

    /** Another command. */
    static Serve run(Path directory, Map<String, String> settings, String... arguments) throws IOException {
        Path output = Files.createTempFile(directory, "output", ".txt");
        Path errors = Files.createTempFile(directory, "errors", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command(arguments))
                .directory(directory.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        builder.environment().putAll(settings);
        return new Serve(builder.start(), output, errors);
    }

    /** The same Java with the same agents, so that what the process runs is seen as covered. */
    private static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("-javaagent:") || argument.startsWith("-Duser."))
                .forEach(command::add);
        // These processes live for seconds.
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(Main.class.getName());
        command.addAll(List.of(arguments));
        return command;
    }

    String output() {
        return read(output);
    }

    String errors() {
        return read(errors);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it has printed what matches, and gives the first group. */
    String awaitOutput(Pattern pattern) {
        Waiting.until(() -> {
            if (!process.isAlive()) {
                throw new AssertionError("it ended: " + errors());
            }
            return pattern.matcher(output()).find();
        });
        Matcher matcher = pattern.matcher(output());
        if (!matcher.find()) {
            throw new AssertionError("was there just now");
        }
        return matcher.group(1);
    }

    void terminate() {
        process.destroy();
    }

    /** As {@code kill -9} does. */
    void kill() {
        process.destroyForcibly();
        exitCode();
    }

    int exitCode() {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("did not end: " + errors());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            process.destroy();
            exitCode();
        }
    }
}
