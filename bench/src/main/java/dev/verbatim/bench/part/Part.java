package dev.verbatim.bench.part;

import dev.verbatim.bench.Plan;
import dev.verbatim.bench.process.Site;
import dev.verbatim.bench.report.Section;
import java.util.ArrayList;
import java.util.List;

/** A part of the benchmark. */
public interface Part {
    /** What {@code --only} calls it. */
    String name();

    /** Measures. */
    Section run(Site site, Plan plan);

    /** All parts, in the order in which they run. */
    static List<Part> all() {
        return List.of(
                new AppendPart(),
                new ReadPart(),
                new OpenPart(),
                new HttpPart(),
                new RedisPart(),
                new ConversationPart(),
                new DayPart(),
                new StartPart(),
                new PiecesPart(),
                new StorePart());
    }

    /** The names of all parts. */
    static List<String> names() {
        List<String> names = new ArrayList<>();
        all().forEach(part -> names.add(part.name()));
        return names;
    }
}
