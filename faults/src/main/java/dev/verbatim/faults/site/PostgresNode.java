package dev.verbatim.faults.site;

import dev.verbatim.embedded.EmbeddedBinaries;
import dev.verbatim.testkit.proxy.FaultProxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** PostgreSQL as a process. For one thread at a time, but for {@link #execute} and {@link #connect}. */
public final class PostgresNode implements AutoCloseable {
    private static final List<String> SETTINGS = List.of(
            "fsync=on",
            "synchronous_commit=on",
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "max_connections=200",
            "shared_buffers=64MB",
            "max_wal_size=256MB",
            "timezone=UTC",
            "log_timezone=UTC",
            "log_line_prefix=%m [%p] ");

    private final EmbeddedBinaries binaries;
    private final DataDisk disk;
    private final Path log;
    private final int port = FaultProxy.freePort();
    private Child child;

    /** Starts it on an empty database. */
    PostgresNode(EmbeddedBinaries binaries, DataDisk disk, Path log) {
        this.binaries = binaries;
        this.disk = disk;
        this.log = log;
        this.child = launch();
        awaitReady();
    }

    private Child launch() {
        List<String> command = new ArrayList<>(binaries.postgres());
        command.addAll(List.of("-D", disk.postgres().toString(), "-c", "port=" + port));
        SETTINGS.forEach(setting -> command.addAll(List.of("-c", setting)));
        return Child.start(command, Map.of("LC_ALL", "C"), log, "");
    }

    private void awaitReady() {
        Waiting.until("PostgreSQL serves", () -> {
            if (!child.isAlive()) {
                child = launch();
            }
            return answers();
        });
    }

    private boolean answers() {
        try (Connection connection = connect("postgres")) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    int port() {
        return port;
    }

    /** A connection past all proxies. */
    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user="
                + binaries.postgresUser() + "&password=" + binaries.postgresPassword()
                + "&sslmode=disable&gssEncMode=disable&connectTimeout=5&socketTimeout=60");
    }

    /** The address for a service, by another port. */
    String url(int throughPort) {
        return "postgresql://" + binaries.postgresUser() + ":" + binaries.postgresPassword() + "@127.0.0.1:"
                + throughPort + "/postgres";
    }

    /** Does one thing past all proxies. */
    public void execute(String sql) {
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL does not do " + sql, e);
        }
    }

    /** Ends every connection of the services. */
    public void terminateBackends() {
        execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                + " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()");
    }

    /** The process numbers of the services' backends. */
    public List<Long> backends() {
        List<Long> pids = new ArrayList<>();
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT pid FROM pg_stat_activity"
                                + " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() ORDER BY backend_start")) {
            while (row.next()) {
                pids.add(row.getLong(1));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL does not list its backends", e);
        }
        return pids;
    }

    /** Stops one of its processes, or all of them, in their tracks. */
    public void pause(List<Long> pids) {
        pids.forEach(pid -> Signals.send("STOP", pid));
    }

    /** Lets them go on. */
    public void resume(List<Long> pids) {
        pids.forEach(pid -> Signals.send("CONT", pid));
    }

    /** The process that all others descend from. */
    public long postmaster() {
        return child.pid();
    }

    /** Kills one process of it. */
    public void kill(long pid) {
        Signals.send("KILL", pid);
    }

    /** Kills the postmaster; the others then end by themselves. */
    public void kill() {
        child.kill();
    }

    /** Stops it as {@code pg_ctl stop -m immediate} does: it recovers when it is started. */
    public void stopAtOnce() {
        child.signal("QUIT");
        Waiting.until("PostgreSQL ends", () -> !child.isAlive());
    }

    /** Stops it in order. */
    public void stop() {
        child.signal("INT");
        Waiting.until("PostgreSQL ends", () -> !child.isAlive());
    }

    /** Starts it again, and waits until it serves. */
    public void start() {
        binaries.stopPostgres();
        child = launch();
        awaitReady();
    }

    /** Waits until it serves; when its postmaster has ended, starts it. */
    public void ensureUp() {
        if (!child.isAlive()) {
            start();
        }
        awaitReady();
    }

    @Override
    public void close() {
        child.signal("CONT");
        stopAtOnce();
        binaries.stopPostgres();
    }
}
