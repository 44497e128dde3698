package dev.verbatim.server.chat;

import dev.verbatim.server.json.RawValue;
import dev.verbatim.server.window.Texts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells a whole answer as one piece. */
final class Deltas {
    private Deltas() {}

    static List<Delta> of(ModelAnswer answer) {
        return of(RawValue.parse(("{" + answer.members() + "}").getBytes(StandardCharsets.UTF_8))
                .members());
    }

    /** Of a message's members; none when it says nothing. */
    static List<Delta> of(Map<String, RawValue> message) {
        String text = Texts.of(message.get("content"));
        RawValue calls = message.get("tool_calls");
        @Nullable String toolCalls = calls == null || calls.elements().isEmpty() ? null : calls.line();
        return text.isEmpty() && toolCalls == null ? List.of() : List.of(new Delta(text, toolCalls));
    }
}
