package dev.verbatim.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The servers' executables and a new PostgreSQL data directory, for whoever runs the servers himself, as tests do that
 * break them; everybody else uses {@link EmbeddedServers}. Owns its directory until it is closed.
 */
public final class EmbeddedBinaries implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final DataDirectory data;
    private final Path redis;
    private final Path postgres;
    private final Unprivileged unprivileged;

    private EmbeddedBinaries(DataDirectory data, Path redis, Path postgres) throws IOException {
        this.data = data;
        this.redis = redis;
        this.postgres = postgres.resolve("bin/postgres");
        this.unprivileged = Unprivileged.choose(data, this.postgres);
        new PostgresSetup(data, unprivileged, postgres).prepare(postgresUser(), postgresPassword(), LIMIT);
    }

    /**
     * Unpacks the executables into the directory, if they are not there, and makes a PostgreSQL data directory. Stops what
     * an earlier owner of the directory left running.
     *
     * @throws EmbeddedException when that is not possible
     */
    public static EmbeddedBinaries open(Path directory) {
        DataDirectory data = DataDirectory.open(directory);
        try {
            Orphans.stop(data.binaries(), LIMIT, "a program that was killed");
            Binaries binaries = new Binaries(data.binaries(), Platform.current());
            return new EmbeddedBinaries(data, binaries.redis(), binaries.postgres());
        } catch (IOException e) {
            data.close();
            throw EmbeddedException.of(directory, e);
        } catch (RuntimeException | Error e) {
            data.close();
            throw e;
        }
    }

    /**
     * Unpacks Redis alone, if it is not there, and returns its executable.
     *
     * @throws EmbeddedException when that is not possible
     */
    public static Path unpackRedis(Path directory) {
        try {
            return new Binaries(directory, Platform.current()).redis();
        } catch (IOException e) {
            throw EmbeddedException.of(directory, e);
        }
    }

    /** The executable of Redis. */
    public Path redis() {
        return redis;
    }

    /** A command that runs PostgreSQL as somebody it accepts; its arguments are to be added. */
    public List<String> postgres() {
        return unprivileged.command(List.of(postgres.toString()));
    }

    /** A data directory as {@code initdb} makes it: to be copied, with its owner. */
    public Path postgresTemplate() {
        return data.postgres();
    }

    /** The superuser of that data directory. */
    public String postgresUser() {
        return PostgresServer.USER;
    }

    /** That user's password. */
    public String postgresPassword() {
        try {
            return data.secret(PostgresServer.PASSWORD);
        } catch (IOException e) {
            throw EmbeddedException.of(data.root(), e);
        }
    }

    /** Waits until no process of these executables of PostgreSQL runs; makes those that do not go by themselves. */
    public void stopPostgres() {
        Orphans.stop(postgres, LIMIT, "a PostgreSQL that ended");
    }

    /** Gives up the directory. */
    @Override
    public void close() {
        data.close();
    }
}
