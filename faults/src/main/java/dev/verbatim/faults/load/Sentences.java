package dev.verbatim.faults.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What people say: the sentences of real conversations, as JSON strings. */
public final class Sentences {
    private final List<String> sentences = new ArrayList<>();

    /** Reads a file of conversations, one a line. */
    public Sentences(Path file) throws IOException {
        JsonMapper mapper = new JsonMapper();
        for (String line : Files.readAllLines(file)) {
            for (JsonNode message : mapper.readTree(line).path("messages")) {
                sentences.add(message.path("content").toString());
            }
        }
    }

    String any(RandomGenerator random) {
        return sentences.get(random.nextInt(sentences.size()));
    }
}
