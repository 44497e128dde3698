package dev.verbatim.server.chat;

import dev.verbatim.server.json.RawValue;
import dev.verbatim.server.window.Texts;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a model said.
 *
 * @param members the answer's members as {@code "name":value,…} JSON text, without role and without braces
 * @param empty whether it says nothing at all: no text and no tool call
 * @param usage the model's own {@code usage} object as it was written, on one line, or null when it gave none
 * @param model the model's name as it gave it, or as it was asked for
 */
record ModelAnswer(String members, boolean empty, @Nullable String usage, String model) {
    /** Its text; empty when it has none. */
    String text() {
        return Texts.of(RawValue.parse(("{" + members + "}").getBytes(StandardCharsets.UTF_8))
                .members()
                .get("content"));
    }
}
