package dev.verbatim.server.window;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** As strict as the strictest server: calls are followed by their results, each once, and a result stands nowhere else. */
public final class ChatFormat {
    private static final JsonMapper MAPPER = new JsonMapper();

    private ChatFormat() {}

    /** What is wrong with the messages, or an empty text. */
    public static String fault(List<String> messages) {
        Set<String> open = new HashSet<>();
        for (String message : messages) {
            JsonNode json = MAPPER.readTree(message);
            if (json.path("role").asString("").equals("tool")) {
                if (!open.remove(json.path("tool_call_id").asString(""))) {
                    return "a result without its call: " + message;
                }
            } else if (!open.isEmpty()) {
                return "no result for " + open + " before " + message;
            }
            json.path("tool_calls").forEach(call -> open.add(call.path("id").asString("")));
        }
        return open.isEmpty() ? "" : "no result for " + open + " at the end";
    }
}
