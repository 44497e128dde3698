package dev.verbatim.server.importing;

import dev.verbatim.InvalidInputException;
import dev.verbatim.NewMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A conversation of LibreChat's export: {@code messagesTree}, where each message holds its {@code children}, or a flat
 * list {@code messages}, where each names its {@code parentMessageId}.
 */
final class LibreChatConversation implements TreeSource.Reader {
    private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

    private record Open(JsonNode message, @Nullable String parent) {}

    @Override
    public Iterator<SourceConversation> read(ObjectNode entry) {
        String id = Heads.id(entry, "conversationId");
        String title = Heads.text(entry, "title");
        JsonNode messages = entry.has("messagesTree") ? entry.remove("messagesTree") : entry.path("messages");
        if (!messages.isArray()) {
            throw new InvalidInputException(
                    "entry", "conversation \"" + id + "\" has neither \"messagesTree\" nor \"messages\"");
        }
        entry.remove(List.of("messages", "conversationId", "title"));
        return Branches.of(Heads.of(id, title, entry), new MessageTree(nodes(id, messages), null, true));
    }

    private static List<MessageTree.Node> nodes(String conversation, JsonNode roots) {
        List<MessageTree.Node> nodes = new ArrayList<>();
        Deque<Open> open = new ArrayDeque<>();
        roots.forEach(root -> open.add(new Open(root, null)));
        while (!open.isEmpty()) {
            Open next = open.pop();
            if (!(next.message() instanceof ObjectNode message)) {
                throw new InvalidInputException("entry", "a message is not a JSON object");
            }
            String known = Heads.text(message, "messageId");
            String id = known == null ? conversation + ":" + (nodes.size() + 1) : known;
            JsonNode children = message.remove("children");
            nodes.add(new MessageTree.Node(id, parent(message, next, nodes), message(conversation, id, message)));
            if (children != null && children.isArray()) {
                children.forEach(child -> open.add(new Open(child, id)));
            }
        }
        return nodes;
    }

    /** In a list whose messages name no parents each answers the one before it. */
    private static @Nullable String parent(ObjectNode message, Open open, List<MessageTree.Node> before) {
        JsonNode named = message.remove("parentMessageId");
        if (open.parent() != null) {
            return open.parent();
        }
        if (named == null && !before.isEmpty()) {
            return before.getLast().id();
        }
        String parent = named != null && named.isString() ? named.stringValue() : NOBODY;
        return parent.equals(NOBODY) ? null : parent;
    }

    private static NewMessage message(String conversation, String id, ObjectNode message) {
        JsonNode text = message.path("text");
        boolean hasParts =
                message.path("content").isArray() && !message.path("content").isEmpty();
        if (!hasParts || text.asString("").isEmpty()) {
            message.remove("text");
        }
        if (conversation.equals(Heads.text(message, "conversationId"))) {
            message.remove("conversationId");
        }
        return new MessageBuilder(message)
                .id(id)
                .time("createdAt")
                .role(role(message))
                .content(hasParts ? message.path("content") : text)
                .model(Heads.text(message, "model"))
                .without("messageId", "isCreatedByUser", "role")
                .build();
    }

    private static String role(ObjectNode message) {
        String role = Heads.text(message, "role");
        if (role != null && !role.isEmpty()) {
            return role;
        }
        JsonNode byUser = message.path("isCreatedByUser");
        boolean user = byUser.isBoolean()
                ? byUser.booleanValue()
                : message.path("sender").asString("").equalsIgnoreCase("user");
        return user ? "user" : "assistant";
    }
}
