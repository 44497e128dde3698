package dev.verbatim.server;

import dev.verbatim.embedded.EmbeddedServers;
import java.util.Optional;

/** Where the servers of some settings are, for whoever did not start them. */
public final class ServerAddresses {
    private ServerAddresses() {}

    /** PostgreSQL's: as it is set, or that of the embedded one, which may not run; empty when none was ever made. */
    public static Optional<String> database(ServerConfig config) {
        return config.databaseUrl() != null
                ? Optional.of(config.databaseUrl())
                : EmbeddedServers.jdbcUrlOf(config.dataDirectory());
    }

    /** Redis', likewise. */
    public static Optional<String> redis(ServerConfig config) {
        return config.redisUrl() != null
                ? Optional.of(config.redisUrl())
                : EmbeddedServers.redisUriOf(config.dataDirectory());
    }

    /**
     * As {@link #database}, for who cannot do without.
     *
     * @throws SettingsException when there is none
     */
    public static String requireDatabase(ServerConfig config) {
        return database(config).orElseThrow(() -> none(config, "PostgreSQL", "DATABASE_URL"));
    }

    /**
     * As {@link #redis}, for who cannot do without.
     *
     * @throws SettingsException when there is none
     */
    public static String requireRedis(ServerConfig config) {
        return redis(config).orElseThrow(() -> none(config, "Redis", "REDIS_URL"));
    }

    private static SettingsException none(ServerConfig config, String server, String setting) {
        return new SettingsException("there is no " + server + " in " + config.dataDirectory()
                + "; set VERBATIM_DATA_DIR to the service's data directory, or " + setting);
    }
}
