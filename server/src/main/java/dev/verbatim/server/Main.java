package dev.verbatim.server;

import dev.verbatim.server.cli.CacheCommand;
import dev.verbatim.server.cli.DemoCommand;
import dev.verbatim.server.cli.ImportCommand;
import dev.verbatim.server.cli.MigrateCommand;
import dev.verbatim.server.cli.RetentionCommand;
import dev.verbatim.server.doctor.DoctorCommand;
import dev.verbatim.server.upkeep.BackupCommand;
import dev.verbatim.server.upkeep.RestoreCommand;
import dev.verbatim.server.upkeep.SchemaCommand;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command line: every command is registered here. */
@Command(
        name = "verbatim",
        description =
                "Keeps the conversation history of LLM applications: every message, in order, for ever, and fast.",
        subcommands = {
            ServeCommand.class,
            ImportCommand.class,
            DoctorCommand.class,
            CacheCommand.class,
            MigrateCommand.class,
            RetentionCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            SchemaCommand.class,
            DemoCommand.class
        },
        mixinStandardHelpOptions = true,
        version = "verbatim 0.1.0-SNAPSHOT")
public final class Main implements Runnable {
    /** Exit status for a command line that is not right (EX_USAGE of sysexits.h). */
    private static final int USAGE = 64;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    private final Supplier<ServerConfig> settings;

    private Main(Supplier<ServerConfig> settings) {
        this.settings = settings;
    }

    /** Runs a command and exits with its status: 0 well, 1 not, 64 for a wrong command line. */
    public static void main(String[] args) {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        System.exit(commandLine().execute(args));
    }

    /** The commands, with the settings of the environment. */
    static CommandLine commandLine() {
        return commandLine(() -> ServerConfig.of(Settings.load(System.getenv(), Path.of(""))));
    }

    /** The commands, with errors said in one line. */
    public static CommandLine commandLine(Supplier<ServerConfig> settings) {
        return new CommandLine(new Main(settings))
                .setParameterExceptionHandler((e, args) -> say(e.getCommandLine(), USAGE, message(e) + "; see --help"))
                .setExecutionExceptionHandler((e, command, parsed) -> say(command, 1, Failures.oneLine(e)));
    }

    /**
     * The settings that a command runs with.
     *
     * @throws SettingsException when one is not as it must be
     */
    public static ServerConfig config(CommandSpec command) {
        return ((Main) command.root().userObject()).settings.get();
    }

    private static String message(CommandLine.ParameterException e) {
        return e instanceof CommandLine.UnmatchedArgumentException unmatched
                ? "there is no \"" + String.join(" ", unmatched.getUnmatched()) + "\" here"
                : String.valueOf(e.getMessage());
    }

    private static int say(CommandLine command, int status, String message) {
        command.getErr().println("verbatim: " + message.replaceAll("\\s+", " "));
        command.getErr().flush();
        return status;
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "say what to do, such as \"serve\"");
    }
}
