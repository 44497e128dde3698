package dev.verbatim.bench.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * A conversation.
 *
 * @param id its id
 * @param line all of it, as the file has it
 * @param texts what is said, in its order
 */
record Dialogue(String id, String line, List<String> texts) {
    Dialogue {
        texts = List.copyOf(texts);
    }

    /** All conversations of a file of JSON lines {@code {"id","messages":[{"role","content"},…]}}. */
    static List<Dialogue> read(Path file) {
        ObjectMapper mapper = new ObjectMapper();
        List<Dialogue> all = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(file)) {
                JsonNode node = mapper.readTree(line);
                List<String> texts = new ArrayList<>();
                node.get("messages")
                        .forEach(message -> texts.add(message.get("content").asString()));
                all.add(new Dialogue(node.get("id").asString(), line, texts));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    /** All that is said, in lower case. */
    String folded() {
        return String.join("\n", texts).toLowerCase(Locale.ROOT);
    }
}
