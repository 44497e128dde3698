package dev.verbatim.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The whole report: one Markdown file, and plots beside it. */
public final class Report {
    private static final String TARGETS_HEAD = """

            ## What must be reached

            | ratio within this run | got: median (least to most of the rounds) | target | |
            |---|---|---|---|
            """;

    private final String heading;
    private final List<Section> sections = new ArrayList<>();

    /** @param heading machine, versions and command, in Markdown */
    public Report(String heading) {
        this.heading = heading;
    }

    /** Adds what a part found. */
    public void add(Section section) {
        sections.add(section);
    }

    /** The Markdown file. */
    public String text() {
        StringBuilder text = new StringBuilder(heading);
        List<Target> targets =
                sections.stream().flatMap(section -> section.targets().stream()).toList();
        if (!targets.isEmpty()) {
            text.append(TARGETS_HEAD);
            targets.forEach(target -> text.append(target.row()).append('\n'));
        }
        for (Section section : sections) {
            text.append("\n## ").append(section.title()).append("\n\n").append(section.text());
            for (String plot : section.plots().keySet()) {
                text.append("\n![")
                        .append(section.title())
                        .append("](")
                        .append(plot)
                        .append(".svg)\n");
            }
        }
        return text.toString();
    }

    /** Writes all files into a directory, which is made when it is not there. */
    public void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("README.md"), text());
        for (Section section : sections) {
            for (Map.Entry<String, String> plot : section.plots().entrySet()) {
                Files.writeString(directory.resolve(plot.getKey() + ".svg"), plot.getValue());
            }
        }
    }
}
