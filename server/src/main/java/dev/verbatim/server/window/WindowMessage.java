package dev.verbatim.server.window;

import dev.verbatim.Message;
import dev.verbatim.server.json.RawValue;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A message as it goes into a window. Immutable.
 *
 * @param tool whether it is a tool's result
 * @param calls the ids of the tool calls it makes
 * @param result the id of the call whose result it is, or null
 * @param json the message
 */
public record WindowMessage(
        boolean tool, Set<String> calls, @Nullable String result, String json) {
    /** A message as it is stored. */
    static WindowMessage of(Message message) {
        return of(message.role(), RawValue.parse(message.bytes()).members(), message.json());
    }

    /** A message of which only some members go: {@code json}. */
    public static WindowMessage of(String role, Map<String, RawValue> members, String json) {
        return new WindowMessage(role.equals("tool"), calls(members), text(members, "tool_call_id"), json);
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
