package dev.verbatim.server.cli;

import dev.verbatim.HistoryConfig;
import dev.verbatim.postgres.ChangeLog;
import dev.verbatim.server.Main;
import dev.verbatim.server.ServerAddresses;
import dev.verbatim.server.ServerConfig;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./verbatim cache clear}: nothing that is cached counts any more. */
@Command(
        name = "clear",
        description = {
            "Makes every entry in Redis void, on every service, while they go on: within a second none is served any more, and"
                    + " conversations are cached anew as they are read. Redis drops what is void as it expires.",
            "It is what epoch --raise does, and needs no Redis that answers."
        },
        mixinStandardHelpOptions = true)
final class ClearCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() {
        ServerConfig config = Main.config(spec);
        try (ChangeLog log =
                new ChangeLog(HistoryConfig.of(ServerAddresses.requireDatabase(config), "redis://unused"))) {
            long epoch = log.raise();
            spec.commandLine().getOut().println("the cache begins anew; its epoch is now " + Long.toHexString(epoch));
        }
        return 0;
    }
}
