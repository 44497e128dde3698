package dev.verbatim.server.agent;

import dev.verbatim.server.json.RawValue;
import dev.verbatim.server.window.Texts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What the user said, among messages that are to be sent to a model. */
final class UserWords {
    private UserWords() {}

    /** The place of the last message of a user before place {@code end}; below 0 when there is none. */
    static int last(List<String> messages, int end) {
        for (int i = end - 1; i >= 0; i--) {
            RawValue role = members(messages.get(i)).get("role");
            if (role != null && "user".equals(role.string())) {
                return i;
            }
        }
        return -1;
    }

    /** The text of the message at {@code place}; empty below 0. */
    static String at(List<String> messages, int place) {
        return place < 0 ? "" : Texts.of(members(messages.get(place)).get("content"));
    }

    private static Map<String, RawValue> members(String json) {
        return RawValue.parse(json.getBytes(StandardCharsets.UTF_8)).members();
    }
}
