package dev.verbatim.server.importing;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a message of ChatGPT's says.
 *
 * @param said text, or parts where there are several or any that is no text
 * @param details the kind of content and what else it holds, or null when it is plain text
 */
record ChatGptContent(JsonNode said, @Nullable JsonNode details) {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    static ChatGptContent of(JsonNode content) {
        if (!(content instanceof ObjectNode details)) {
            return new ChatGptContent(content.isMissingNode() ? NODES.nullNode() : content, null);
        }
        JsonNode said = said(details);
        boolean plain =
                details.size() == 1 && details.path("content_type").asString("").equals("text");
        return new ChatGptContent(said, plain ? null : details);
    }

    /** Takes out of {@code content} what is said: {@code parts}, or what code and what a tool showed stand in. */
    private static JsonNode said(ObjectNode content) {
        if (content.path("parts") instanceof ArrayNode parts) {
            content.remove("parts");
            return parts(parts);
        }
        for (String name : List.of("text", "result", "content")) {
            if (content.path(name).isString()) {
                return content.remove(name);
            }
        }
        return NODES.nullNode();
    }

    private static JsonNode parts(ArrayNode parts) {
        if (parts.isEmpty()) {
            return NODES.stringNode("");
        }
        if (parts.size() == 1 && parts.get(0).isString()) {
            return parts.get(0);
        }
        ArrayNode said = NODES.arrayNode();
        for (JsonNode part : parts) {
            said.add(part.isString() ? NODES.objectNode().put("type", "text").set("text", part) : part);
        }
        return said;
    }
}
