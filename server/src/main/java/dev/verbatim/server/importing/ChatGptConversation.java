package dev.verbatim.server.importing;

import dev.verbatim.InvalidInputException;
import dev.verbatim.NewMessage;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A conversation of ChatGPT's export: {@code mapping}, a tree of nodes, some of which hold no message or one that was not
 * shown, and {@code current_node}, the last that was.
 */
final class ChatGptConversation implements TreeSource.Reader {
    @Override
    public Iterator<SourceConversation> read(ObjectNode entry) {
        String id = Heads.id(entry, "conversation_id", "id");
        String title = Heads.text(entry, "title");
        if (!(entry.remove("mapping") instanceof ObjectNode mapping)) {
            throw new InvalidInputException("entry", "conversation \"" + id + "\" has no \"mapping\"");
        }
        String current = Heads.text(entry, "current_node");
        for (String said : List.of("conversation_id", "id", "title")) {
            if (entry.path(said).isNull() || entry.path(said).asString("").equals(said.equals("title") ? title : id)) {
                entry.remove(said);
            }
        }
        return Branches.of(Heads.of(id, title, entry), new MessageTree(nodes(mapping), current, true));
    }

    private static List<MessageTree.Node> nodes(ObjectNode mapping) {
        List<MessageTree.Node> nodes = new ArrayList<>();
        mapping.forEachEntry((id, node) -> {
            NewMessage message = node.path("message") instanceof ObjectNode said ? message(id, said) : null;
            nodes.add(new MessageTree.Node(id, Heads.text(node, "parent"), message));
        });
        return nodes;
    }

    private static NewMessage message(String id, ObjectNode message) {
        JsonNode author = message.path("author");
        String role = Heads.text(author, "role");
        if (id.equals(Heads.text(message, "id"))) {
            message.remove("id");
        }
        ChatGptContent content = ChatGptContent.of(message.path("content"));
        return new MessageBuilder(message)
                .id(id)
                .time("create_time")
                .role(role == null ? "unknown" : role)
                .content(content.said())
                .model(Heads.text(message.path("metadata"), "model_slug"))
                .with("name", author.get("name"))
                .with("author", withoutNameAndRole(author))
                .with("content_details", content.details())
                .without("author", "content")
                .build();
    }

    private static @Nullable JsonNode withoutNameAndRole(JsonNode author) {
        if (!(author instanceof ObjectNode object)) {
            return author.isMissingNode() ? null : author;
        }
        ObjectNode rest = JsonNodeFactory.instance.objectNode();
        object.forEachEntry((name, value) -> {
            boolean empty = value.isNull() || (value.isContainer() && value.isEmpty());
            if (!empty && !name.equals("name") && !name.equals("role")) {
                rest.set(name, value);
            }
        });
        return rest;
    }
}
