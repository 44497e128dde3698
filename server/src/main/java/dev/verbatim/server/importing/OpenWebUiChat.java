package dev.verbatim.server.importing;

import dev.verbatim.InvalidInputException;
import dev.verbatim.NewMessage;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A chat of Open WebUI's export: {@code chat.history.messages}, a tree by {@code parentId}, and {@code currentId}, the
 * last that was shown. Old ones have {@code history} without {@code chat} around it, or a list {@code messages} alone.
 */
final class OpenWebUiChat implements TreeSource.Reader {
    @Override
    public Iterator<SourceConversation> read(ObjectNode entry) {
        ObjectNode chat = entry.get("chat") instanceof ObjectNode inner ? inner : entry;
        String id = Heads.text(entry, "id") == null ? Heads.id(chat, "id") : Heads.id(entry, "id");
        String title = Heads.text(entry, "title") == null ? Heads.text(chat, "title") : Heads.text(entry, "title");
        JsonNode history = chat.path("history");
        MessageTree tree = history.path("messages") instanceof ObjectNode messages && !messages.isEmpty()
                ? new MessageTree(nodes(messages), Heads.text(history, "currentId"), true)
                : new MessageTree(list(id, chat.path("messages")), null, true);
        // The list repeats what was shown of the history.
        chat.remove(List.of("history", "messages"));
        drop(chat, id, title);
        drop(entry, id, title);
        return Branches.of(Heads.of(id, title, entry), tree);
    }

    private static void drop(ObjectNode object, String id, @Nullable String title) {
        if (object.path("id").asString("").equals(id)) {
            object.remove("id");
        }
        if (object.path("title").asString("").equals(title)) {
            object.remove("title");
        }
    }

    private static List<MessageTree.Node> nodes(ObjectNode messages) {
        List<MessageTree.Node> nodes = new ArrayList<>();
        messages.forEachEntry((id, node) -> {
            String parent = Heads.text(node, "parentId");
            nodes.add(new MessageTree.Node(id, parent, message(id, node)));
        });
        return nodes;
    }

    private static List<MessageTree.Node> list(String chatId, JsonNode messages) {
        if (!messages.isArray()) {
            throw new InvalidInputException(
                    "entry", "chat \"" + chatId + "\" has neither \"history\" nor \"messages\"");
        }
        List<MessageTree.Node> nodes = new ArrayList<>();
        for (JsonNode message : messages) {
            String known = Heads.text(message, "id");
            String id = known == null ? chatId + ":" + (nodes.size() + 1) : known;
            String parent = nodes.isEmpty() ? null : nodes.getLast().id();
            nodes.add(new MessageTree.Node(id, parent, message(id, message)));
        }
        return nodes;
    }

    private static NewMessage message(String id, JsonNode node) {
        if (!(node instanceof ObjectNode message)) {
            throw new InvalidInputException("entry", "message \"" + id + "\" is not a JSON object");
        }
        String role = Heads.text(message, "role");
        if (id.equals(Heads.text(message, "id"))) {
            message.remove("id");
        }
        return new MessageBuilder(message)
                .id(id)
                .time("timestamp")
                .role(role == null ? "unknown" : role)
                .content(message.path("content"))
                .model(Heads.text(message, "model"))
                .without("role", "parentId", "childrenIds")
                .build();
    }
}
