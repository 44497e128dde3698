package dev.verbatim.server.upkeep;

import dev.verbatim.postgres.backup.Restore;
import dev.verbatim.postgres.backup.Summary;
import dev.verbatim.server.Main;
import dev.verbatim.server.ServerConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./verbatim restore}: puts a backup back. */
@Command(
        name = "restore",
        description = {
            "Puts what ./verbatim backup copied into FILE into the PostgreSQL of DATABASE_URL, or into the embedded one of the"
                    + " data directory, which is made if there is none. All of it comes, or nothing is changed.",
            "No service may run on the database. Whatever Redis holds counts no more from then on."
        },
        mixinStandardHelpOptions = true)
public final class RestoreCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "A file that ./verbatim backup made.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path file;

    @Option(
            names = "--replace",
            description = "Remove all that the database holds first. Without it the database must be empty.")
    private boolean replace;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        ServerConfig config = Main.config(spec);
        try (OwnDatabase database = OwnDatabase.openAlone(config)) {
            Summary summary = new Restore(database.url()).read(file, replace);
            spec.commandLine()
                    .getOut()
                    .println("restored " + summary.rows() + " rows of " + summary.tables() + " tables, as they were on "
                            + summary.head().made());
        }
        return 0;
    }
}
