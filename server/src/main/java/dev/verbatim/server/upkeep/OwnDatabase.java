package dev.verbatim.server.upkeep;

import dev.verbatim.embedded.EmbeddedConfig;
import dev.verbatim.embedded.EmbeddedServers;
import dev.verbatim.postgres.Upkeep;
import dev.verbatim.server.ServerConfig;
import dev.verbatim.server.SettingsException;
import dev.verbatim.server.Shutdown;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The PostgreSQL of some settings, for a command: the one that is set, or the embedded one, which is started if need be. */
final class OwnDatabase implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final String url;
    private final Shutdown shutdown;

    private OwnDatabase(String url, Shutdown shutdown) {
        this.url = url;
        this.shutdown = shutdown;
    }

    /**
     * Beside a service, or without one.
     *
     * @throws SettingsException when none is set and none was ever made in the data directory
     */
    static OwnDatabase open(ServerConfig config) {
        if (config.databaseUrl() != null) {
            return new OwnDatabase(config.databaseUrl(), new Shutdown());
        }
        String made = urlIn(config.dataDirectory());
        return new Upkeep(made, PATIENCE).answers() ? new OwnDatabase(made, new Shutdown()) : start(config);
    }

    /**
     * An embedded one is started, and made if need be: nobody else may be using it.
     *
     * @throws dev.verbatim.embedded.EmbeddedException when a service runs on the data directory
     */
    static OwnDatabase openAlone(ServerConfig config) {
        return config.databaseUrl() != null ? new OwnDatabase(config.databaseUrl(), new Shutdown()) : start(config);
    }

    private static OwnDatabase start(ServerConfig config) {
        Shutdown shutdown = Shutdown.atExit();
        EmbeddedServers servers =
                shutdown.open(() -> EmbeddedServers.start(EmbeddedConfig.of(config.dataDirectory(), true, false)));
        return new OwnDatabase(servers.jdbcUrl(), shutdown);
    }

    private static String urlIn(Path dataDirectory) {
        Optional<String> url = EmbeddedServers.jdbcUrlOf(dataDirectory);
        return url.orElseThrow(() -> new SettingsException("there is no PostgreSQL in " + dataDirectory
                + "; set VERBATIM_DATA_DIR to the service's data directory, or DATABASE_URL"));
    }

    String url() {
        return url;
    }

    @Override
    public void close() {
        shutdown.run();
    }
}
