package dev.verbatim.faults.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Real conversations, each as the JSON of its messages. */
public final class Dialogues {
    private final List<List<String>> dialogues = new ArrayList<>();

    /** Reads a file of conversations, one a line. */
    public Dialogues(Path file) throws IOException {
        JsonMapper mapper = new JsonMapper();
        for (String line : Files.readAllLines(file)) {
            List<String> messages = new ArrayList<>();
            for (JsonNode message : mapper.readTree(line).path("messages")) {
                messages.add(message.toString());
            }
            dialogues.add(List.copyOf(messages));
        }
    }

    int size() {
        return dialogues.size();
    }

    List<String> messages(int dialogue) {
        return dialogues.get(dialogue);
    }
}
