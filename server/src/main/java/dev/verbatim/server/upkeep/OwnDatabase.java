package dev.verbatim.server.upkeep;

import dev.verbatim.embedded.EmbeddedConfig;
import dev.verbatim.embedded.EmbeddedServers;
import dev.verbatim.postgres.Upkeep;
import dev.verbatim.server.ServerAddresses;
import dev.verbatim.server.ServerConfig;
import dev.verbatim.server.Shutdown;
import java.time.Duration;

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
     * @throws dev.verbatim.server.SettingsException when none is set and none was ever made in the data directory
     */
    static OwnDatabase open(ServerConfig config) {
        String url = ServerAddresses.requireDatabase(config);
        boolean there = config.databaseUrl() != null || new Upkeep(url, PATIENCE).answers();
        return there ? new OwnDatabase(url, new Shutdown()) : start(config);
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

    String url() {
        return url;
    }

    @Override
    public void close() {
        shutdown.run();
    }
}
