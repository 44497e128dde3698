package dev.verbatim.testkit.redis;

import dev.verbatim.testkit.RedisCommands;
import dev.verbatim.testkit.proxy.FaultProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** One process of Redis on a port of its own, which it keeps when it is started again. For one thread at a time. */
public final class RedisProcess implements AutoCloseable {
    private static final String SETTINGS = """
            bind 127.0.0.1
            save ""
            appendonly no
            maxmemory 256mb
            maxmemory-policy allkeys-lru
            repl-diskless-sync-delay 0
            """;

    private final List<String> command;
    private final Path log;
    private final int port;
    private Process process;

    private RedisProcess(List<String> command, Path log, int port) {
        this.command = command;
        this.log = log;
        this.port = port;
        process = launch();
    }

    /** Starts one that keeps no data on disk, with more settings, in a directory that is made for it. */
    public static RedisProcess server(Path executable, Path directory, String settings) {
        return start(List.of(executable.toString(), "redis.conf"), directory, SETTINGS + settings);
    }

    /** Starts a sentinel with its settings, in a directory that is made for it. */
    static RedisProcess sentinel(Path executable, Path directory, String settings) {
        return start(List.of(executable.toString(), "redis.conf", "--sentinel"), directory, settings);
    }

    private static RedisProcess start(List<String> command, Path directory, String settings) {
        int port = FaultProxy.freePort();
        try {
            Files.createDirectories(directory);
            Path file = directory.toAbsolutePath().resolve("redis.conf");
            Files.writeString(file, settings + "port " + port + "\ndir " + directory.toAbsolutePath() + "\n");
            List<String> whole = command.stream()
                    .map(word -> word.equals("redis.conf") ? file.toString() : word)
                    .toList();
            return new RedisProcess(whole, directory.resolve("redis.log"), port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process launch() {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("Redis does not start", e);
        }
    }

    /** Where it listens, on the loopback address. */
    public int port() {
        return port;
    }

    /** Where it listens, as clients are told. */
    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    /** Gives it one command and returns the first line of the answer; throws {@link UncheckedIOException} for an error. */
    public String send(String text) {
        return RedisCommands.send(url(), text);
    }

    /** Gives it one command that is answered with a text. */
    public String text(String text) {
        return RedisCommands.text(url(), text);
    }

    /** Whether it answers. */
    public boolean answers() {
        return says("PING", "+PONG");
    }

    /** Whether it takes itself for a primary; not when it does not answer. */
    public boolean isPrimary() {
        return tells("INFO replication", "role:master");
    }

    /** Whether the answer to a command begins so. */
    boolean says(String text, String begin) {
        try {
            return send(text).startsWith(begin);
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** Whether its {@code INFO replication}, or {@code CLUSTER INFO}, has such a line. */
    boolean tells(String text, String line) {
        try {
            return text(text).lines().anyMatch(line::equals);
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** Kills it. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Starts it again. */
    public void start() {
        process = launch();
    }

    /** Stops it in its tracks. */
    public void pause() {
        signal("STOP");
    }

    /** Lets it go on. */
    public void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .onExit()
                    .join();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot send signals", e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
