package dev.verbatim.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Redis as a cache: it keeps nothing on disk. */
final class RedisServer implements Server {
    private static final String PORT = "redis.port";
    private static final String PASSWORD = "redis.password";

    private final DataDirectory data;
    private final EmbeddedConfig config;
    private final Binaries binaries;
    private final Ports ports;
    private final LogFile log;
    private final String password;
    private List<String> command = List.of();

    RedisServer(DataDirectory data, EmbeddedConfig config, Binaries binaries) throws IOException {
        this.data = data;
        this.config = config;
        this.binaries = binaries;
        this.ports = new Ports(data.file(PORT));
        this.log = new LogFile(data.file("redis.log"));
        this.password = data.secret(PASSWORD);
    }

    @Override
    public String name() {
        return "Redis";
    }

    @Override
    public Ports ports() {
        return ports;
    }

    @Override
    public LogFile log() {
        return log;
    }

    String password() {
        return password;
    }

    String uri() {
        return uri(password, Integer.toString(ports.current()));
    }

    private static String uri(String password, String port) {
        return "redis://:" + password + "@127.0.0.1:" + port;
    }

    /** The address as it was written down in a data directory; empty when there is none. */
    static Optional<String> uriIn(Path dataDirectory) throws IOException {
        Path port = dataDirectory.resolve(PORT);
        Path password = dataDirectory.resolve(PASSWORD);
        return Files.exists(port) && Files.exists(password)
                ? Optional.of(uri(
                        Files.readString(password).strip(),
                        Files.readString(port).strip()))
                : Optional.empty();
    }

    @Override
    public void prepare() throws IOException {
        // The configuration goes in by the standard input, for a command line is there for everybody to see.
        command = List.of(binaries.redis().toString(), "-");
        // Left by a client that had a dump written, if at all: an old state must never be loaded.
        Trees.createDirectoryPrivately(data.redis());
    }

    @Override
    public Process launch() throws IOException {
        return Launch.server(command, log, configuration());
    }

    private String configuration() {
        return """
                bind 127.0.0.1
                port %d
                protected-mode yes
                requirepass %s
                save ""
                appendonly no
                dir %s
                maxmemory %dmb
                maxmemory-policy allkeys-lru
                daemonize no
                logfile ""
                """.formatted(ports.current(), password, quoted(data.redis()), config.redisMegabytes());
    }

    private static String quoted(Path path) {
        return '"' + path.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    @Override
    public boolean isReady() {
        return RedisPing.answers(ports.current(), password);
    }

    @Override
    public void askToStop(Process process) {
        process.destroy();
    }
}
