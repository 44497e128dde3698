package dev.verbatim.server.chat;

import dev.verbatim.server.json.JsonText;
import dev.verbatim.server.json.NotJsonException;
import dev.verbatim.server.json.RawValue;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads {@code chat.completion} and {@code chat.completion.chunk} objects. */
final class Completions {
    /** Members of an answer that Verbatim sets itself. */
    static final Set<String> OWN =
            Set.of("id", "seq", "created_at", "role", "tokens_used", "latency_ms", "model", "status", Help.MEMBER);

    private final OpenAiErrors errors;

    Completions(OpenAiErrors errors) {
        this.errors = errors;
    }

    /** The members of an object the model's server sent; refuses what is none, and errors. */
    Map<String, RawValue> members(byte[] json) {
        try {
            RawValue value = RawValue.parse(json);
            if (!value.isObject()) {
                throw ModelException.failed("the model sent JSON that is not an object");
            }
            Map<String, RawValue> members = value.members();
            ModelException error = errors.inAnswer(members);
            if (error != null) {
                throw error;
            }
            return members;
        } catch (NotJsonException e) {
            throw ModelException.failed("the model sent what is not JSON: " + e.getMessage(), e);
        }
    }

    /** A whole answer. */
    ModelAnswer whole(byte[] json, String askedModel) {
        Map<String, RawValue> completion = members(json);
        RawValue choice = firstChoice(completion);
        RawValue message = choice == null ? null : choice.members().get("message");
        if (message == null || !message.isObject()) {
            throw ModelException.failed("the model sent no choice with a message");
        }
        Map<String, RawValue> members = message.members();
        if (!members.containsKey("content") && !members.containsKey("tool_calls")) {
            throw ModelException.failed("the model sent a message with neither content nor tool calls");
        }
        boolean hasContent = members.containsKey("content");
        members.keySet().removeAll(OWN);
        String text = members.entrySet().stream()
                .map(member -> JsonText.quote(member.getKey()) + ":"
                        + member.getValue().json())
                .collect(Collectors.joining(","));
        return new ModelAnswer(
                hasContent ? text : "\"content\":null," + text,
                false,
                usage(completion),
                model(completion, askedModel));
    }

    /** The first choice, or null when there is none. */
    static @Nullable RawValue firstChoice(Map<String, RawValue> completion) {
        RawValue choices = completion.get("choices");
        return choices == null || choices.elements().isEmpty()
                ? null
                : choices.elements().getFirst();
    }

    /** The usage object as it was written, or null. */
    static @Nullable String usage(Map<String, RawValue> completion) {
        RawValue usage = completion.get("usage");
        return usage == null || !usage.isObject() ? null : usage.line();
    }

    /** The model that says it answered, else the one that was asked. */
    static String model(Map<String, RawValue> completion, String asked) {
        RawValue model = completion.get("model");
        String name = model == null ? null : model.string();
        return name == null || name.isBlank() ? asked : name;
    }
}
