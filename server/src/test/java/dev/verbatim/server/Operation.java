package dev.verbatim.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An operation as the document of the API describes it. */
record Operation(String method, String path, JsonNode said) {
    private static final Map<String, String> BODIES = Map.of(
            "POST /api/conversations/{id}/messages",
            "{\"role\":\"user\",\"content\":\"TEXT\"}",
            "POST /chat",
            "{\"conversation_id\":\"CONVERSATION\",\"messages\":[{\"role\":\"user\",\"content\":\"TEXT\"}]}",
            "POST /chat/agent",
            "{\"conversation_id\":\"CONVERSATION\",\"messages\":[{\"role\":\"user\",\"content\":\"TEXT\"}]}",
            "PATCH /api/conversations/{id}",
            "{\"title\":\"TEXT\"}",
            "PATCH /api/conversations/{id}/messages/{message_id}",
            "{\"content\":\"TEXT\"}");

    static List<Operation> all(JsonNode document) {
        List<Operation> operations = new ArrayList<>();
        document.at("/paths")
                .forEachEntry((path, methods) -> methods.forEachEntry(
                        (method, said) -> operations.add(new Operation(method.toUpperCase(Locale.ROOT), path, said))));
        return operations;
    }

    boolean isOpen() {
        return said.has("security") && said.at("/security").isEmpty();
    }

    /** Whether it is about one conversation of the caller's. */
    boolean takesAnId() {
        return path.contains("{id}") || path.startsWith("/chat");
    }

    Set<String> parameters() {
        Set<String> names = new TreeSet<>();
        said.at("/parameters").forEach(p -> {
            if (p.at("/in").asString("").equals("query")) {
                names.add(p.at("/name").asString());
            }
        });
        return names;
    }

    /** The path with these ids in it, and with the numbers that the query must have. */
    String path(String id, String messageId) {
        StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
        said.at("/parameters").forEach(p -> {
            if (p.at("/in").asString("").equals("query") && p.at("/required").asBoolean(false)) {
                query.add(p.at("/name").asString() + "=1");
            }
        });
        return path.replace("{id}", id).replace("{message_id}", messageId) + query;
    }

    /** A body that is right, about this conversation and with this text; null when it takes none. */
    @Nullable
    String body(String conversation, String text) {
        String body = BODIES.get(toString());
        return body == null ? null : body.replace("CONVERSATION", conversation).replace("TEXT", text);
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
