package dev.verbatim.server.cli;

import dev.verbatim.server.Main;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./verbatim cache evict}: takes a conversation out of Redis. */
@Command(
        name = "evict",
        description =
                "Takes what Redis holds of a conversation away. The next read comes from PostgreSQL and caches it anew.",
        mixinStandardHelpOptions = true)
final class EvictCommand implements Callable<Integer> {
    @Mixin
    private final CachedConversation conversation = new CachedConversation();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() {
        conversation.evict(Main.config(spec));
        spec.commandLine().getOut().println("Redis holds nothing of it any more");
        return 0;
    }
}
