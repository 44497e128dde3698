package dev.verbatim.bench;

import dev.verbatim.bench.part.Part;
import dev.verbatim.bench.process.Site;
import dev.verbatim.bench.report.Report;
import dev.verbatim.bench.report.Section;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code ./verbatim bench}. */
@Command(
        name = "verbatim bench",
        description = {
            "Measures Verbatim beside what one would take instead and beside the limits of this machine, on a real",
            "PostgreSQL and Redis of its own. Takes less than five minutes; nothing else should run meanwhile."
        },
        subcommands = AgentCommand.class,
        mixinStandardHelpOptions = true)
public final class Main implements Callable<Integer> {
    @Option(names = "--full", description = "the record: every load, five rounds, a store of 10,000,000 messages")
    private boolean full;

    @Option(
            names = "--only",
            paramLabel = "NAME",
            description = "this part only: append, read, open, http, redis, conversation, day, start, pieces, store;"
                    + " may be repeated")
    private List<String> only = new ArrayList<>();

    @Option(
            names = "--out",
            paramLabel = "DIRECTORY",
            description = "where table and plots go; without, bench/results/quick or bench/results/full")
    private @Nullable Path out;

    @Option(names = "--root", hidden = true, description = "the project's directory")
    private Path root = Path.of("");

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandLine.Model.CommandSpec spec;

    /** Exits with 0 when all was measured, met or not. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        List<String> unknown = new ArrayList<>(only);
        unknown.removeAll(Part.names());
        if (!unknown.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "there is no part " + unknown.getFirst() + "; there are " + Part.names());
        }
        Plan plan = full ? Plan.record() : Plan.quick();
        Path directory = out != null ? out : root.resolve(Path.of("bench", "results", full ? "full" : "quick"));
        try (Site site = site()) {
            Report report = new Report(Heading.of(site, plan, asked()));
            for (Part part : Part.all()) {
                if (only.isEmpty() || only.contains(part.name())) {
                    report.add(measured(part, site, plan));
                    report.write(directory);
                }
            }
            System.out.println(report.text());
            System.err.println("written to " + directory.normalize());
        }
        return 0;
    }

    /** What was asked for, without where things are on this machine. */
    private List<String> asked() {
        List<String> asked = new ArrayList<>();
        if (full) {
            asked.add("--full");
        }
        only.forEach(name -> asked.addAll(List.of("--only", name)));
        return asked;
    }

    /** The project's directory. */
    Path root() {
        return root;
    }

    /** Servers of its own. */
    Site site() {
        return new Site(root, root.resolve(Path.of("bench", "target", "bench")));
    }

    private static Section measured(Part part, Site site, Plan plan) {
        long began = System.nanoTime();
        System.err.print("bench: " + part.name() + " … ");
        Section section = part.run(site, plan);
        System.err.println((System.nanoTime() - began) / 1_000_000_000 + " s");
        return section;
    }
}
