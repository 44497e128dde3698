package dev.verbatim.server.chat;

import dev.verbatim.Message;
import dev.verbatim.server.json.JsonText;
import dev.verbatim.server.json.RawValue;
import dev.verbatim.server.window.Texts;
import dev.verbatim.server.window.WindowMessage;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A stored message as a model's server takes it: without the members that only Verbatim knows, which such servers refuse. */
final class PromptMessage {
    private static final Set<String> OWN =
            Set.of("id", "seq", "created_at", "tokens_used", "latency_ms", "model", "metadata", "status", Help.MEMBER);

    private PromptMessage() {}

    /** Of a stored message; nothing of one that broke off before it said something. */
    static Optional<WindowMessage> of(Message message) {
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
        return Optional.of(WindowMessage.of(message.role(), members, json));
    }

    /** Half a tool call is of no use to anybody. */
    private static boolean isIncomplete(Map<String, RawValue> members) {
        return "incomplete".equals(text(members, "status")) && "assistant".equals(text(members, "role"));
    }

    private static @Nullable String text(Map<String, RawValue> members, String name) {
        RawValue value = members.get(name);
        return value == null ? null : value.string();
    }
}
