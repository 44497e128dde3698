package dev.verbatim.server.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./verbatim cache}: what can be done about the cache. */
@Command(
        name = "cache",
        description = "Does something about the cache in Redis.",
        subcommands = {ShowCommand.class, EvictCommand.class, EpochCommand.class, ClearCommand.class},
        mixinStandardHelpOptions = true)
public final class CacheCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "say what to do, such as \"clear\"");
    }
}
