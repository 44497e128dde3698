package dev.verbatim.server.cli;

import dev.verbatim.server.Backend;
import dev.verbatim.server.ServerConfig;
import dev.verbatim.server.Shutdown;
import dev.verbatim.server.importing.HttpSink;
import dev.verbatim.server.importing.ImportSink;
import dev.verbatim.server.importing.SourceConversation;
import dev.verbatim.server.importing.StoreSink;
import dev.verbatim.server.importing.Users;
import dev.verbatim.server.migration.StoreMode;
import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;

/** Finds where an import goes: to the service when one runs, else straight to the store. */
final class Destination {
    /** Long enough for a service to be started again. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Destination() {}

    /**
     * A sink for what belongs to {@code users}; closing it ends what was started for it.
     *
     * @throws dev.verbatim.server.importing.ImportStoppedException when neither can be reached
     * @throws dev.verbatim.server.SettingsException when memory left sessions, which an import is not to move on the side
     */
    static ImportSink open(ServerConfig config, Users users) {
        URI service = ServiceAddress.of(config);
        if (config.port() != 0 && ServiceAddress.isRunning(service)) {
            return new HttpSink(service, ServiceAddress.adminKey(config), users, PATIENCE);
        }
        if (!config.storeMode().equals(StoreMode.MEMORY.text())) {
            MemorySessions.refuseLeft(config);
        }
        System.err.println("import: no service runs at " + service + ", so the store is opened directly");
        return new Direct(config, users);
    }

    /** A sink that closes what is behind it, at the latest when the process ends. */
    private static final class Direct implements ImportSink {
        private final Shutdown shutdown = Shutdown.atExit();
        private final StoreSink sink;

        Direct(ServerConfig config, Users users) {
            Backend backend = shutdown.open(() -> Backend.open(config));
            this.sink = new StoreSink(backend.store(), users, PATIENCE);
        }

        @Override
        public Stored store(SourceConversation conversation) {
            return sink.store(conversation);
        }

        @Override
        public void tellWaits(Consumer<String> listener) {
            sink.tellWaits(listener);
        }

        @Override
        public void close() {
            shutdown.run();
        }
    }
}
