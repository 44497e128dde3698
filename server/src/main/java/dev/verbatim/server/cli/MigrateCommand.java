package dev.verbatim.server.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./verbatim migrate}: how far the move from sessions in memory is. */
@Command(
        name = "migrate",
        description = "Looks after the move from sessions in memory to PostgreSQL; MIGRATION.md walks through it.",
        subcommands = MigrateStatusCommand.class,
        mixinStandardHelpOptions = true)
public final class MigrateCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "say what to do, such as \"status\"");
    }
}
