package dev.verbatim.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** PostgreSQL on the data directory. */
final class PostgresServer implements Server {
    static final String MAJOR = "18";
    static final String USER = "verbatim";
    static final String DATABASE = "verbatim";

    private static final String NO_SUCH_DATABASE = "3D000";
    private static final String WRONG_PASSWORD = "28P01";
    private static final String TOO_MANY_CLIENTS = "53300";
    private static final String DISK_FULL = "53100";

    /** On the command line, where no file and no ALTER SYSTEM is stronger. */
    private static final List<String> SETTINGS = List.of(
            "fsync=on",
            "synchronous_commit=on",
            "full_page_writes=on",
            "listen_addresses=127.0.0.1",
            // Its path could be too long for the system, and nothing here needs a socket file.
            "unix_socket_directories=",
            "shared_buffers=128MB",
            "max_connections=100",
            // Details of an error can quote what a user said.
            "log_error_verbosity=terse",
            "logging_collector=off",
            "log_destination=stderr",
            "timezone=UTC",
            "log_timezone=UTC");

    private static final String PORT = "postgres.port";
    static final String PASSWORD = "postgres.password";

    private final DataDirectory data;
    private final EmbeddedConfig config;
    private final Binaries binaries;
    private final Ports ports;
    private final LogFile log;
    private final String password;
    private List<String> command = List.of();

    PostgresServer(DataDirectory data, EmbeddedConfig config, Binaries binaries) throws IOException {
        this.data = data;
        this.config = config;
        this.binaries = binaries;
        this.ports = new Ports(data.file(PORT));
        this.log = new LogFile(data.file("postgres.log"));
        this.password = data.secret(PASSWORD);
    }

    @Override
    public String name() {
        return "PostgreSQL";
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

    String url() {
        return url(DATABASE);
    }

    private String url(String database) {
        return url(Integer.toString(ports.current()), database, password);
    }

    private static String url(String port, String database, String password) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=" + USER + "&password=" + password
                + "&sslmode=disable&gssEncMode=disable";
    }

    /** The address as it was written down in a data directory; empty when there is none. */
    static Optional<String> urlIn(Path dataDirectory) throws IOException {
        Path port = dataDirectory.resolve(PORT);
        Path password = dataDirectory.resolve(PASSWORD);
        if (!Files.exists(port) || !Files.exists(password)) {
            return Optional.empty();
        }
        return Optional.of(url(
                Files.readString(port).strip(),
                DATABASE,
                Files.readString(password).strip()));
    }

    @Override
    public void prepare() throws IOException {
        Path home = binaries.postgres();
        Path executable = home.resolve("bin/postgres");
        Unprivileged unprivileged = Unprivileged.choose(data, executable);
        new PostgresSetup(data, unprivileged, home).prepare(USER, password, config.startLimit());
        List<String> arguments = new ArrayList<>(
                List.of(executable.toString(), "-D", data.postgres().toString()));
        SETTINGS.forEach(setting -> arguments.addAll(List.of("-c", setting)));
        command = unprivileged.command(arguments);
    }

    @Override
    public Process launch() throws IOException {
        // After a kill of the postmaster alone its children need a moment to go, and a new one waits for none of them.
        Orphans.stop(Path.of(command.get(command.indexOf("-D") - 1)), config.stopLimit(), "a PostgreSQL that ended");
        List<String> withPort = new ArrayList<>(command);
        withPort.addAll(List.of("-c", "port=" + ports.current()));
        return Launch.server(withPort, log, "");
    }

    @Override
    public boolean isReady() {
        try (Connection connection = connect(DATABASE)) {
            return connection.isValid(0);
        } catch (SQLException e) {
            String state = Objects.requireNonNullElse(e.getSQLState(), "");
            if (state.equals(WRONG_PASSWORD)) {
                throw new EmbeddedException(
                        "PostgreSQL refuses the password in " + data.file("postgres.password")
                                + ": put back the file this data directory was made with",
                        e);
            }
            return state.equals(TOO_MANY_CLIENTS) || (state.equals(NO_SUCH_DATABASE) && createDatabase());
        }
    }

    private boolean createDatabase() {
        try (Connection connection = connect("postgres");
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + DATABASE);
            return true;
        } catch (SQLException e) {
            if (DISK_FULL.equals(e.getSQLState())) {
                throw EmbeddedException.diskFull(data.root(), e);
            }
            return false;
        }
    }

    private Connection connect(String database) throws SQLException {
        long seconds = Math.max(1, config.startLimit().toSeconds());
        return DriverManager.getConnection(url(database) + "&connectTimeout=5&socketTimeout=" + seconds);
    }

    @Override
    public void askToStop(Process process) {
        Launch.signal("INT", process.toHandle());
    }
}
