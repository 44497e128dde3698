package dev.verbatim.server.upkeep;

import dev.verbatim.postgres.backup.Backup;
import dev.verbatim.postgres.backup.Summary;
import dev.verbatim.server.Main;
import dev.verbatim.server.ServerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./verbatim backup}: all that is kept, as one file. */
@Command(
        name = "backup",
        description = {
            "Copies all that is kept into FILE, as it is at this moment; services may go on meanwhile.",
            "It takes the PostgreSQL of DATABASE_URL, or the embedded one of the data directory, whether a service runs on it"
                    + " or not. FILE holds everything that people said, and is readable by its owner only."
        },
        mixinStandardHelpOptions = true)
public final class BackupCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "What to write; must not be there yet.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path file;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        ServerConfig config = Main.config(spec);
        try (OwnDatabase database = OwnDatabase.open(config)) {
            Summary summary = new Backup(database.url()).write(file);
            spec.commandLine()
                    .getOut()
                    .println(file + ": " + summary.rows() + " rows of " + summary.tables() + " tables, "
                            + Files.size(file) + " bytes");
        }
        return 0;
    }
}
