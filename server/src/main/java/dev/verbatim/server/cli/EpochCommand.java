package dev.verbatim.server.cli;

import dev.verbatim.HistoryConfig;
import dev.verbatim.postgres.ChangeLog;
import dev.verbatim.server.Main;
import dev.verbatim.server.ServerAddresses;
import dev.verbatim.server.ServerConfig;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./verbatim cache epoch}: shows the cache's epoch, or replaces it. */
@Command(
        name = "epoch",
        description = {
            "Shows the cache's epoch. With --raise it is replaced: from then on no service serves anything that Redis holds"
                    + " now, and conversations are cached anew as they are read.",
            "Services notice by themselves when PostgreSQL or Redis is another one; this is for whoever knows better, as"
                    + " after changing rows by hand."
        },
        mixinStandardHelpOptions = true)
final class EpochCommand implements Callable<Integer> {
    @Option(names = "--raise", description = "Replace it.")
    private boolean raise;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() {
        ServerConfig config = Main.config(spec);
        try (ChangeLog log =
                new ChangeLog(HistoryConfig.of(ServerAddresses.requireDatabase(config), "redis://unused"))) {
            long epoch = raise ? log.raise() : log.poll(null).epoch();
            spec.commandLine()
                    .getOut()
                    .println((raise ? "the cache begins anew; its epoch is now " : "the cache's epoch is ")
                            + Long.toHexString(epoch));
        }
        return 0;
    }
}
