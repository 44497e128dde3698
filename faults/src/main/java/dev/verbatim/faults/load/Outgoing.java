package dev.verbatim.faults.load;

import dev.verbatim.testkit.history.Written;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Messages that are sent together, and sent again until there is an answer. */
final class Outgoing {
    private final List<Written> written = new ArrayList<>();
    private final List<String> json = new ArrayList<>();
    private String lastRole = "";

    /** Adds one; {@code content} is JSON. */
    void add(String id, String role, String content) {
        String message = "{\"id\":\"" + id + "\",\"role\":\"" + role + "\",\"content\":" + content + "}";
        json.add(message);
        written.add(Written.of(message.getBytes(StandardCharsets.UTF_8)));
        lastRole = role;
    }

    List<Written> written() {
        return written;
    }

    /** With commas between them. */
    String json() {
        return String.join(",", json);
    }

    String lastId() {
        return written.getLast().id();
    }

    String lastRole() {
        return lastRole;
    }
}
