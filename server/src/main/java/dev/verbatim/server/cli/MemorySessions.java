package dev.verbatim.server.cli;

import dev.verbatim.server.ServerConfig;
import dev.verbatim.server.SettingsException;
import dev.verbatim.server.importing.ImportStoppedException;
import dev.verbatim.server.migration.SessionFile;
import dev.verbatim.server.migration.StoreMode;
import java.net.URI;

/** Conversations that are not in PostgreSQL: a command that looks there alone would leave them out without a word. */
public final class MemorySessions {
    private static final String BRING =
            "start the service with STORE_MODE=dual or hybrid, which brings them there, then run" + " this again";

    private MemorySessions() {}

    /**
     * Refuses to go on when there are some.
     *
     * @throws SettingsException with what to do
     */
    public static void refuse(ServerConfig config) {
        refuseLeft(config);
        if (StoreMode.MEMORY.text().equals(config.storeMode()) || runsInMemory(config)) {
            throw new SettingsException(
                    "with STORE_MODE=memory conversations are in the service and not in PostgreSQL: stop it, and "
                            + BRING);
        }
    }

    /**
     * Refuses to go on when memory left some in the data directory.
     *
     * @throws SettingsException with what to do
     */
    static void refuseLeft(ServerConfig config) {
        SessionFile left = new SessionFile(config.dataDirectory());
        if (left.exists()) {
            throw new SettingsException("memory left sessions in " + left.path() + " that are not in PostgreSQL: "
                    + BRING + "; or move the file away to do without them");
        }
    }

    /** A service that does not say has its conversations in PostgreSQL as far as is known. */
    private static boolean runsInMemory(ServerConfig config) {
        URI service = ServiceAddress.of(config);
        try {
            return ServiceAddress.isRunning(service)
                    && MigrationStatus.of(service, ServiceAddress.adminKey(config))
                            .path("mode")
                            .asString()
                            .equals(StoreMode.MEMORY.text());
        } catch (ImportStoppedException e) {
            return false;
        }
    }
}
