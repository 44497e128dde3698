package dev.verbatim.server.chat;

import dev.verbatim.Message;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A stored message as a model's server takes it: without the members that only Verbatim knows, which such servers refuse.
 *
 * @param tool whether it is a tool's result
 * @param calls the ids of the tool calls it makes
 * @param result the id of the call whose result it is, or null
 * @param json the message
 */
record PromptMessage(
        boolean tool, Set<String> calls, @Nullable String result, String json) {
    private static final Set<String> OWN =
            Set.of("id", "seq", "created_at", "tokens_used", "latency_ms", "model", "metadata", "status");

    /** Of a stored message; nothing of one that broke off before it said something. */
    static Optional<PromptMessage> of(Message message) {
        Map<String, RawValue> members = RawValue.parse(message.bytes()).members();
        if (isIncomplete(members)) {
            members.remove("tool_calls");
            if (Texts.of(members.get("content")).isEmpty()) {
                return Optional.empty();
            }
        }
        members.keySet().removeAll(OWN);
        String json = members.entrySet().stream()
                .map(member -> JsonText.quote(member.getKey()) + ":"
                        + member.getValue().json())
                .collect(Collectors.joining(",", "{", "}"));
        return Optional.of(
                new PromptMessage(message.role().equals("tool"), calls(members), text(members, "tool_call_id"), json));
    }

    /** Half a tool call is of no use to anybody. */
    private static boolean isIncomplete(Map<String, RawValue> members) {
        return "incomplete".equals(text(members, "status")) && "assistant".equals(text(members, "role"));
    }

    private static Set<String> calls(Map<String, RawValue> members) {
        Set<String> ids = new LinkedHashSet<>();
        RawValue calls = members.get("tool_calls");
        if (calls != null) {
            for (RawValue call : calls.elements()) {
                String id = text(call.members(), "id");
                if (id != null) {
                    ids.add(id);
                }
            }
        }
        return ids;
    }

    private static @Nullable String text(Map<String, RawValue> members, String name) {
        RawValue value = members.get(name);
        return value == null ? null : value.string();
    }
}
