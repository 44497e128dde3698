package dev.verbatim.server.cli;

import dev.verbatim.server.Main;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./verbatim cache show}: what Redis holds of a conversation. */
@Command(
        name = "show",
        description = "Shows what Redis holds of a conversation, beside what PostgreSQL does.",
        mixinStandardHelpOptions = true)
final class ShowCommand implements Callable<Integer> {
    @Mixin
    private final CachedConversation conversation = new CachedConversation();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().getOut().println(conversation.show(Main.config(spec)));
        return 0;
    }
}
