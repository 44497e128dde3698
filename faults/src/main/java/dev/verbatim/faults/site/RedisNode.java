package dev.verbatim.faults.site;

import dev.verbatim.testkit.RedisCommands;
import dev.verbatim.testkit.proxy.FaultProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/** Redis as a process, with a directory for dumps. For one thread at a time, but for {@link #send}. */
public final class RedisNode implements AutoCloseable {
    private static final String LOGS = "appendonlydir";

    private final Path executable;
    private final Path directory;
    private final Path log;
    private final int port = FaultProxy.freePort();
    private Child child;

    /** Starts an empty one. */
    RedisNode(Path executable, Path directory, Path log) {
        this.executable = executable;
        this.directory = directory;
        this.log = log;
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.child = launch(false);
        awaitReady();
    }

    private Child launch(boolean appendOnly) {
        String configuration = """
                bind 127.0.0.1
                port %d
                save ""
                appendonly %s
                appendfsync everysec
                dir %s
                maxmemory 256mb
                maxmemory-policy allkeys-lru
                daemonize no
                logfile ""
                """.formatted(port, appendOnly ? "yes" : "no", directory);
        return Child.start(List.of(executable.toString(), "-"), Map.of(), log, configuration);
    }

    private void awaitReady() {
        Waiting.until("Redis serves", () -> {
            try {
                return send("PING").equals("+PONG");
            } catch (UncheckedIOException e) {
                return false;
            }
        });
    }

    int port() {
        return port;
    }

    /** The address for a service, by another port. */
    String url(int throughPort) {
        return "redis://127.0.0.1:" + throughPort;
    }

    /** Gives one command past all proxies; throws {@link UncheckedIOException} when it is not done. */
    public String send(String command) {
        return RedisCommands.send("redis://127.0.0.1:" + port, command);
    }

    /** Kills it. */
    public void kill() {
        child.kill();
    }

    /** Stops it in its tracks. */
    public void pause() {
        child.signal("STOP");
    }

    /** Lets it go on. */
    public void resume() {
        child.signal("CONT");
    }

    /** Starts an empty one in its place. */
    public void startEmpty() {
        start(false);
    }

    /** Keeps what it holds now in a file. */
    public void saveDump() {
        send("SAVE");
        move("dump.rdb", "saved.rdb");
    }

    /** Starts one in its place that holds what {@link #saveDump} kept. */
    public void startFromDump() {
        copy("saved.rdb", "dump.rdb");
        start(false);
        delete("dump.rdb");
    }

    /** From now on it writes what it does to a log. */
    public void beginLog() {
        send("CONFIG SET appendonly yes");
        Waiting.until("Redis has written its log", new AppendLog(directory.resolve(LOGS))::isBegun);
    }

    /** Starts one in its place that holds what its log said but for the last bytes. */
    public void startFromLog(double lost) {
        AppendLog appendLog = new AppendLog(directory.resolve(LOGS));
        appendLog.cut(lost);
        start(true);
        send("CONFIG SET appendonly no");
        appendLog.delete();
    }

    private void start(boolean appendOnly) {
        child = launch(appendOnly);
        awaitReady();
    }

    private void move(String from, String to) {
        copy(from, to);
        delete(from);
    }

    private void copy(String from, String to) {
        try {
            Files.copy(directory.resolve(from), directory.resolve(to), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void delete(String name) {
        try {
            Files.deleteIfExists(directory.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        child.kill();
    }
}
