package dev.verbatim.faults.site;

import dev.verbatim.embedded.EmbeddedBinaries;
import dev.verbatim.testkit.proxy.FaultProxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The system's PostgreSQL 15 as a process, with its tools: a primary, or a standby that may become one. */
public final class SystemPostgres implements AutoCloseable {
    private static final Path BIN = Path.of("/usr/lib/postgresql/15/bin");
    private static final String USER = "verbatim";

    private final List<String> runAs;
    private final Path data;
    private final int port = FaultProxy.freePort();
    private @Nullable Child child;

    private SystemPostgres(List<String> runAs, Path data) {
        this.runAs = runAs;
        this.data = data;
    }

    /** A new one; not started. */
    static SystemPostgres make(EmbeddedBinaries binaries, Path data) {
        SystemPostgres made = empty(binaries, data);
        made.tool(
                "initdb", "-D", data.toString(), "--username=" + USER, "--auth=trust", "--encoding=UTF8", "--locale=C");
        return made;
    }

    /** A standby of a primary that runs; not started. */
    static SystemPostgres standbyOf(SystemPostgres primary, EmbeddedBinaries binaries, Path data) {
        SystemPostgres made = empty(binaries, data);
        made.tool(
                "pg_basebackup",
                "-D",
                data.toString(),
                "-R",
                "-c",
                "fast",
                "-h",
                "127.0.0.1",
                "-p",
                "" + primary.port,
                "-U",
                USER);
        return made;
    }

    private static SystemPostgres empty(EmbeddedBinaries binaries, Path data) {
        if (!Files.isExecutable(BIN.resolve("postgres"))) {
            throw new IllegalStateException("install Debian's postgresql-15: there is no " + BIN);
        }
        Programs.run(List.of("mkdir", "-m", "700", data.toString()));
        Programs.run(List.of("chown", "--reference=" + binaries.postgresTemplate(), data.toString()));
        List<String> command = binaries.postgres();
        return new SystemPostgres(command.subList(0, command.size() - 1), data);
    }

    private List<String> command(String tool, String... arguments) {
        List<String> command = new ArrayList<>(runAs);
        command.add(BIN.resolve(tool).toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private void tool(String tool, String... arguments) {
        Programs.run(command(tool, arguments));
    }

    /** Starts it and waits until it answers. */
    public void start(String... settings) {
        List<String> command = command("postgres", "-D", data.toString());
        for (String setting : List.of(
                "port=" + port,
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=",
                "max_connections=200",
                "shared_buffers=64MB",
                "timezone=UTC")) {
            command.addAll(List.of("-c", setting));
        }
        for (String setting : settings) {
            command.addAll(List.of("-c", setting));
        }
        child = Child.start(command, Map.of("LC_ALL", "C"), data.resolveSibling(data.getFileName() + ".log"), "");
        Waiting.until("PostgreSQL 15 answers", this::answers);
    }

    private Child running() {
        return Objects.requireNonNull(child, "not started");
    }

    private boolean answers() {
        try (Connection connection = connect()) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    /** Ends all of its processes at the same moment, as a power cut does: one command, for each takes a while to begin. */
    public void cutPower() {
        Child postgres = running();
        List<String> kill = new ArrayList<>(List.of("kill", "-KILL", Long.toString(postgres.pid())));
        ProcessHandle.of(postgres.pid())
                .ifPresent(postmaster ->
                        postmaster.descendants().forEach(process -> kill.add(Long.toString(process.pid()))));
        // One of them may have ended by itself just now.
        Programs.succeeds(kill);
        Waiting.until("PostgreSQL 15 ends", () -> !postgres.isAlive());
    }

    /** Waits until what it received from its primary is in its tables. */
    public void awaitReplayed() {
        Waiting.until(
                "the standby has replayed what it received",
                () -> number("SELECT (pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn())::int") == 1);
    }

    /** Makes a primary of a standby. */
    public void promote() {
        number("SELECT pg_promote()::int");
    }

    /** Ends every connection of the services. */
    public void terminateBackends() {
        number("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                + " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()");
    }

    /** One number out of it. */
    public long number(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL does not do " + sql, e);
        }
    }

    /** Writes what a snapshot sees into a dump. */
    public void dump(Path file, String snapshot) {
        tool("pg_dump", "-Fc", "--snapshot=" + snapshot, "-f", file.toString(), url());
    }

    /** Puts a dump in the place of what is there, in one transaction; returns whether nobody was in its way. */
    public boolean restore(Path file) {
        return Programs.succeeds(
                command("pg_restore", "--clean", "--single-transaction", "-d", url(), file.toString()));
    }

    private String url() {
        return "postgresql://" + USER + "@127.0.0.1:" + port + "/postgres";
    }

    /** A connection past all services. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=" + USER
                + "&sslmode=disable&gssEncMode=disable&connectTimeout=5&socketTimeout=120");
    }

    /** The address of these, for a service. */
    static String url(List<SystemPostgres> all) {
        List<String> hosts = all.stream().map(one -> "127.0.0.1:" + one.port).toList();
        return "postgresql://" + USER + "@" + String.join(",", hosts) + "/postgres";
    }

    @Override
    public void close() {
        if (child != null && child.isAlive()) {
            cutPower();
        }
    }
}
