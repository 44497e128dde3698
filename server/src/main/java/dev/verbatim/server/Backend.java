package dev.verbatim.server;

import dev.verbatim.Accounts;
import dev.verbatim.HistoryStore;
import dev.verbatim.HybridHistoryStore;
import dev.verbatim.embedded.EmbeddedConfig;
import dev.verbatim.embedded.EmbeddedServers;
import dev.verbatim.server.migration.StoreMode;
import org.jspecify.annotations.Nullable;

/** The store of some settings, with the embedded servers that the settings do not name others for. */
public final class Backend implements AutoCloseable {
    private final @Nullable EmbeddedServers servers;
    private final HybridHistoryStore hybrid;
    private final HistoryStore store;
    private final Accounts accounts;

    private Backend(@Nullable EmbeddedServers servers, ServerConfig config, HybridHistoryStore hybrid) {
        this.servers = servers;
        this.hybrid = hybrid;
        this.accounts = hybrid.accounts();
        try {
            this.store = StoreMode.of(config.storeMode()).orElseThrow().open(hybrid, config.dataDirectory());
        } catch (RuntimeException | Error e) {
            hybrid.close();
            throw e;
        }
    }

    /**
     * Starts what is needed. Whoever opens it closes it, also at the end of the process.
     *
     * @throws dev.verbatim.embedded.EmbeddedException when an embedded server cannot be started
     * @throws dev.verbatim.HistoryException when PostgreSQL cannot be used
     */
    public static Backend open(ServerConfig config) {
        String database = config.databaseUrl();
        String redis = config.redisUrl();
        if (database != null && redis != null) {
            return new Backend(null, config, HybridHistoryStore.open(config.history(database, redis)));
        }
        EmbeddedServers servers =
                EmbeddedServers.start(EmbeddedConfig.of(config.dataDirectory(), database == null, redis == null));
        try {
            return new Backend(
                    servers,
                    config,
                    HybridHistoryStore.open(config.history(
                            database == null ? servers.jdbcUrl() : database,
                            redis == null ? servers.redisUri() : redis)));
        } catch (RuntimeException | Error e) {
            servers.close();
            throw e;
        }
    }

    /** The conversations. */
    public HistoryStore store() {
        return store;
    }

    /** What is measured of a store: PostgreSQL and Redis, whatever is around them. */
    HybridHistoryStore hybrid() {
        return hybrid;
    }

    /** Who may call. */
    public Accounts accounts() {
        return accounts;
    }

    /** Finishes what is under way and stops the embedded servers. */
    @Override
    public void close() {
        try {
            store.close();
        } finally {
            if (servers != null) {
                servers.close();
            }
        }
    }
}
