package dev.verbatim.bench.load;

import dev.verbatim.bench.rival.Said;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The messages of real dialogues, one after another, over and over. Immutable. */
public final class Dialogues {
    private static final Path LARGE = Path.of("..", "shared", "data", "dialogues", "schema-guided.jsonl");
    private static final Path SMALL = Path.of("examples", "dialogues-200.jsonl");

    private final List<Said> all;

    private Dialogues(List<Said> all) {
        this.all = List.copyOf(all);
    }

    /** The file there is: the large one beside the project's directory {@code root}, else the small one in it. */
    public static Path file(Path root) {
        Path large = root.toAbsolutePath().resolve(LARGE).normalize();
        return Files.isReadable(large) ? large : root.resolve(SMALL);
    }

    /** Reads JSON lines of {@code {"messages":[{"role","content"},…]}}. */
    public static Dialogues read(Path file) {
        ObjectMapper mapper = new ObjectMapper();
        List<Said> all = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(file)) {
                for (JsonNode message : mapper.readTree(line).get("messages")) {
                    all.add(new Said(
                            message.get("role").asString(),
                            message.get("content").asString()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Dialogues(all);
    }

    /** Message {@code number} of all; after the last comes the first again. */
    public Said said(int number) {
        return all.get(Math.floorMod(number, all.size()));
    }

    /** {@code count} messages in their order. */
    public List<Said> run(int from, int count) {
        List<Said> run = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            run.add(said(from + i));
        }
        return run;
    }
}
