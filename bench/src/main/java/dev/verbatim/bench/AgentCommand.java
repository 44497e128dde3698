package dev.verbatim.bench;

import dev.verbatim.bench.agent.AgentQuality;
import dev.verbatim.bench.process.Site;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code ./verbatim bench agent}. */
@Command(
        name = "agent",
        description = {
            "Asks the agent (POST /chat/agent) questions made from real conversations, half of them about what is not",
            "in the history, and prints how often it finds the right conversation and does the right thing. Without a",
            "model, unless OPENAI_BASE_URL and OPENAI_MODEL are set. Takes about a minute. Exit status 1: it is not as",
            "good as it has to be."
        },
        mixinStandardHelpOptions = true)
final class AgentCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Main main;

    @Option(
            names = "--dialogues",
            paramLabel = "FILE",
            description = "JSON lines; without, examples/dialogues-200.jsonl")
    private @Nullable Path dialogues;

    @Option(names = "--wrong", description = "also print the questions that were not dealt with as they should")
    private boolean wrong;

    @Override
    public Integer call() {
        Path file = dialogues != null ? dialogues : main.root().resolve(Path.of("examples", "dialogues-200.jsonl"));
        try (Site site = main.site()) {
            AgentQuality quality = AgentQuality.measure(site, file);
            System.out.print((wrong ? quality.wrong() + "\n" : "") + quality.text());
            return quality.isGood() ? 0 : 1;
        }
    }
}
