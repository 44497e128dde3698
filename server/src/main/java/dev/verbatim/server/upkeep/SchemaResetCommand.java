package dev.verbatim.server.upkeep;

import dev.verbatim.postgres.Upkeep;
import dev.verbatim.server.Main;
import dev.verbatim.server.ServerConfig;
import dev.verbatim.server.SettingsException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./verbatim schema reset}: an embedded PostgreSQL as it was on the first day. */
@Command(
        name = "reset",
        description = {
            "Deletes everything in the embedded PostgreSQL of the data directory and makes the tables anew. There is no way"
                    + " back.",
            "It asks first. No service may run on the data directory. With DATABASE_URL set it does nothing."
        },
        mixinStandardHelpOptions = true)
final class SchemaResetCommand implements Callable<Integer> {
    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        ServerConfig config = Main.config(spec);
        if (config.databaseUrl() != null) {
            throw new SettingsException("schema reset is for the embedded PostgreSQL only, and DATABASE_URL is set;"
                    + " nothing was deleted");
        }
        PrintWriter out = spec.commandLine().getOut();
        if (!yes && !isConfirmed(out, config)) {
            throw new SettingsException("nothing was deleted");
        }
        try (OwnDatabase database = OwnDatabase.openAlone(config)) {
            new Upkeep(database.url()).reset();
            out.println("all was deleted; the tables are made anew");
        }
        return 0;
    }

    private static boolean isConfirmed(PrintWriter out, ServerConfig config) throws IOException {
        out.println("Everything in " + config.dataDirectory()
                + " that people said is deleted for good. Type yes to go on:");
        out.flush();
        String answer = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        return answer != null && answer.strip().equals("yes");
    }
}
