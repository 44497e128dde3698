package dev.verbatim.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL and Redis running as child processes on a data directory, until {@link #close}. PostgreSQL keeps
 * everything acknowledged through any kind of death; Redis is a cache and begins empty. A server that dies is started
 * again on the same port with the same password. When this process is killed, the next start on the same directory
 * stops what it left.
 *
 * <p>Safe for use by many threads.
 */
public final class EmbeddedServers implements AutoCloseable {
    private final DataDirectory data;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final List<Supervisor> supervisors = new ArrayList<>();
    private final @Nullable PostgresServer postgres;
    private final @Nullable RedisServer redis;

    private EmbeddedServers(DataDirectory data, EmbeddedConfig config, Platform platform) throws IOException {
        this.data = data;
        Binaries binaries = new Binaries(data.binaries(), platform);
        postgres = config.postgres() ? new PostgresServer(data, config, binaries) : null;
        redis = config.redis() ? new RedisServer(data, config, binaries) : null;
        if (postgres != null) {
            supervisors.add(new Supervisor(postgres, data.root(), config));
        }
        if (redis != null) {
            supervisors.add(new Supervisor(redis, data.root(), config));
        }
    }

    /**
     * Starts the servers and waits until both serve. Whoever starts them must close them, also at the end of the
     * process: no shutdown hook is set here.
     *
     * @throws EmbeddedException when that is not possible; then nothing is left running
     */
    public static EmbeddedServers start(EmbeddedConfig config) {
        Platform platform = Platform.current();
        DataDirectory data = DataDirectory.open(config.dataDirectory());
        try {
            Orphans.stop(data.binaries(), config.stopLimit(), "a Verbatim that was killed");
            EmbeddedServers servers = new EmbeddedServers(data, config, platform);
            servers.begin();
            return servers;
        } catch (IOException e) {
            data.close();
            throw EmbeddedException.of(config.dataDirectory(), e);
        } catch (RuntimeException | Error e) {
            data.close();
            throw e;
        }
    }

    /**
     * The address of the PostgreSQL of a data directory that another process owns, whether or not it runs just now; empty
     * when there never was one. As secret as {@link #jdbcUrl}.
     *
     * @throws EmbeddedException when the directory may not be read
     */
    public static Optional<String> jdbcUrlOf(Path dataDirectory) {
        try {
            return PostgresServer.urlIn(dataDirectory);
        } catch (IOException e) {
            throw EmbeddedException.of(dataDirectory, e);
        }
    }

    /** The address of the Redis of a data directory, as it was last; it may not run. Empty when there was never one. */
    public static Optional<String> redisUriOf(Path dataDirectory) {
        try {
            return RedisServer.uriIn(dataDirectory);
        } catch (IOException e) {
            throw EmbeddedException.of(dataDirectory, e);
        }
    }

    private void begin() {
        supervisors.forEach(Supervisor::start);
        try {
            supervisors.forEach(Supervisor::awaitReady);
        } catch (RuntimeException | Error e) {
            supervisors.forEach(Supervisor::close);
            throw e;
        }
    }

    /**
     * The whole address for JDBC, user and password included: keep it out of logs.
     *
     * @throws IllegalStateException when PostgreSQL was not chosen
     */
    public String jdbcUrl() {
        return chosenPostgres().url();
    }

    /**
     * The role the URL names, a superuser.
     *
     * @throws IllegalStateException when PostgreSQL was not chosen
     */
    public String postgresUser() {
        chosenPostgres();
        return PostgresServer.USER;
    }

    /**
     * That role's password.
     *
     * @throws IllegalStateException when PostgreSQL was not chosen
     */
    public String postgresPassword() {
        return chosenPostgres().password();
    }

    /**
     * The address for a Redis client, password included: keep it out of logs.
     *
     * @throws IllegalStateException when Redis was not chosen
     */
    public String redisUri() {
        if (redis == null) {
            throw new IllegalStateException("Redis was not started here");
        }
        return redis.uri();
    }

    private PostgresServer chosenPostgres() {
        if (postgres == null) {
            throw new IllegalStateException("PostgreSQL was not started here");
        }
        return postgres;
    }

    /** The processes running now, PostgreSQL first. */
    List<Long> pids() {
        return supervisors.stream().map(Supervisor::pid).toList();
    }

    /**
     * Stops the servers in order and gives up the data directory. Waits for that, within the configured limits. Closing
     * again does nothing.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        // An interrupt must not turn an orderly stop into a forced one.
        boolean interrupted = Thread.interrupted();
        try {
            supervisors.forEach(Supervisor::close);
        } finally {
            data.close();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
