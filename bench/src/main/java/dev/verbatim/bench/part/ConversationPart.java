package dev.verbatim.bench.part;

import dev.verbatim.bench.Plan;
import dev.verbatim.bench.load.Measured;
import dev.verbatim.bench.process.ChildProcess;
import dev.verbatim.bench.process.Site;
import dev.verbatim.bench.report.Lines;
import dev.verbatim.bench.report.Ratio;
import dev.verbatim.bench.report.Section;
import dev.verbatim.bench.report.Table;
import dev.verbatim.bench.report.Target;
import dev.verbatim.bench.rival.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Reading and appending as a conversation grows. */
final class ConversationPart implements Part {
    private static final List<Integer> SIZES = List.of(10, 100, 1_000, 10_000);
    private static final List<Kind> ALL = List.of(
            Kind.VERBATIM, Kind.SPRING_WINDOW, Kind.SPRING_WHOLE, Kind.SPRING_SESSION, Kind.PLAIN, Kind.LANGCHAIN);
    private static final List<Kind> FEW = List.of(Kind.VERBATIM, Kind.SPRING_WHOLE);

    private final Map<String, NavigableMap<Integer, Double>> reads = new LinkedHashMap<>();
    private final Map<String, NavigableMap<Integer, Double>> appends = new LinkedHashMap<>();

    @Override
    public String name() {
        return "conversation";
    }

    @Override
    public Section run(Site site, Plan plan) {
        for (Kind kind : plan.full() ? ALL : FEW) {
            ChildProcess child = site.of(kind);
            child.tell("open");
            // Once before, so that the first size is not measured cold.
            child.tell("growth", 20, plan.warmUp().toMillis());
            for (int size : SIZES) {
                String[] words = child.tell("growth", size, plan.time().toMillis());
                put(reads, kind, size, Measured.parse(words, 0));
                put(appends, kind, size, Measured.parse(words, words.length / 2));
            }
            child.tell("close");
        }
        String text = "One caller; p50 in µs.\n\n### Reading the newest 20\n\n" + table(reads)
                + "\n### Appending one\n\n" + table(appends);
        Map<String, String> plots = Map.of(
                "conversation-append", Lines.plot("Appending to a conversation of so many messages", "p50 µs", appends),
                "conversation-read", Lines.plot("Reading 20 of so many messages", "p50 µs", reads));
        return new Section("As a conversation grows", text, plots, targets());
    }

    private static void put(Map<String, NavigableMap<Integer, Double>> lines, Kind kind, int size, Measured measured) {
        lines.computeIfAbsent(kind.title(), title -> new TreeMap<>()).put(size, measured.p50());
    }

    private static String table(Map<String, NavigableMap<Integer, Double>> lines) {
        Table table = new Table("messages in the conversation", "10", "100", "1,000", "10,000");
        lines.forEach((title, line) -> {
            List<Object> cells = new ArrayList<>(List.of(title));
            cells.addAll(line.values());
            table.row(cells.toArray());
        });
        return table.toString();
    }

    private List<Target> targets() {
        return List.of(
                Target.atMost("read at 10,000 messages in a conversation: p50 to that at 10", grown(reads), 1.2),
                Target.atMost("append at 10,000 messages in a conversation: p50 to that at 10", grown(appends), 1.2));
    }

    private static Ratio grown(Map<String, NavigableMap<Integer, Double>> lines) {
        NavigableMap<Integer, Double> line = lines.getOrDefault(Kind.VERBATIM.title(), new TreeMap<>());
        return Ratio.of(line.lastEntry().getValue() / line.firstEntry().getValue());
    }
}
