package dev.verbatim.server.upkeep;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./verbatim schema}: the tables and their versions. */
@Command(
        name = "schema",
        description =
                "Looks after the tables in PostgreSQL. A service brings them up to date by itself when it starts.",
        subcommands = {
            SchemaPrintCommand.class,
            SchemaMigrateCommand.class,
            SchemaStatusCommand.class,
            SchemaResetCommand.class
        },
        mixinStandardHelpOptions = true)
public final class SchemaCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "say what to do, such as \"status\"");
    }
}
