package dev.verbatim.server.importing;

import dev.verbatim.InvalidInputException;
import dev.verbatim.NewMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An Open-Assistant message tree: {@code prompt} with {@code replies}, which have replies again. The reply that was ranked
 * first is the one the conversation goes on with.
 */
final class OpenAssistantTree implements TreeSource.Reader {
    private record Open(JsonNode message, @Nullable String parent) {}

    @Override
    public Iterator<SourceConversation> read(ObjectNode entry) {
        String id = Heads.id(entry, "message_tree_id");
        if (!(entry.remove("prompt") instanceof ObjectNode prompt)) {
            throw new InvalidInputException("entry", "there is no \"prompt\"");
        }
        entry.remove("message_tree_id");
        return Branches.of(Heads.of(id, null, entry), new MessageTree(nodes(prompt), null, false));
    }

    private static List<MessageTree.Node> nodes(ObjectNode prompt) {
        List<MessageTree.Node> nodes = new ArrayList<>();
        Deque<Open> open = new ArrayDeque<>(List.of(new Open(prompt, null)));
        while (!open.isEmpty()) {
            Open next = open.pop();
            if (!(next.message() instanceof ObjectNode message)) {
                throw new InvalidInputException("entry", "a reply is not a JSON object");
            }
            JsonNode replies = message.remove("replies");
            String id = Heads.id(message, "message_id");
            nodes.add(new MessageTree.Node(id, next.parent(), message(id, message)));
            ranked(replies).forEach(reply -> open.add(new Open(reply, id)));
        }
        return nodes;
    }

    private static List<JsonNode> ranked(@Nullable JsonNode replies) {
        List<JsonNode> ranked = new ArrayList<>();
        if (replies != null && replies.isArray()) {
            replies.forEach(ranked::add);
        }
        ranked.sort(Comparator.comparingInt(reply -> reply.path("rank").asInt(Integer.MAX_VALUE)));
        return ranked;
    }

    private static NewMessage message(String id, ObjectNode message) {
        String role = Heads.text(message, "role");
        JsonNode text = message.path("text");
        String model = Heads.text(message, "model_name");
        return new MessageBuilder(message)
                .id(id)
                .time("created_date")
                .role(role == null ? "unknown" : role.equals("prompter") ? "user" : role)
                .content(text)
                .model(model)
                .without("message_id", "parent_id", "role", "text")
                .build();
    }
}
