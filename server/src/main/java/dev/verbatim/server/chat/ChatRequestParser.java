package dev.verbatim.server.chat;

import dev.verbatim.InvalidInputException;
import dev.verbatim.NewMessage;
import dev.verbatim.server.json.JsonText;
import dev.verbatim.server.json.NotJsonException;
import dev.verbatim.server.json.RawValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the body of a chat request; refuses all that is not as the API says. */
final class ChatRequestParser {
    private static final int MOST_MESSAGES = 1_000;
    private static final int LONGEST_MODEL = 255;
    private static final Set<String> KNOWN = Set.of("conversation_id", "messages", "model", "stream");

    private ChatRequestParser() {}

    /**
     * Reads {@code body}; an optional member that is null is one that is not there.
     *
     * @param create what the query says
     * @throws InvalidInputException with the member at fault
     */
    static ChatRequest parse(byte[] body, boolean create) {
        Map<String, RawValue> members = members(body);
        return new ChatRequest(
                string(members, "conversation_id"), create, messages(members), model(members), stream(members), null);
    }

    private static Map<String, RawValue> members(byte[] body) {
        RawValue value;
        try {
            value = RawValue.parse(body);
        } catch (NotJsonException e) {
            throw new InvalidInputException("body", String.valueOf(e.getMessage()));
        }
        if (!value.isObject()) {
            throw new InvalidInputException("body", "the body must be a JSON object");
        }
        Map<String, RawValue> members = value.members();
        for (String name : members.keySet()) {
            if (!KNOWN.contains(name)) {
                throw new InvalidInputException(
                        name,
                        "unknown member " + JsonText.quote(name)
                                + "; known are conversation_id, messages, model, stream");
            }
        }
        members.values().removeIf(RawValue::isNull);
        return members;
    }

    private static List<NewMessage> messages(Map<String, RawValue> members) {
        RawValue array = members.get("messages");
        if (array == null || !array.isArray()) {
            throw new InvalidInputException("messages", "messages must be an array of the new messages");
        }
        List<RawValue> elements = array.elements();
        if (elements.isEmpty() || elements.size() > MOST_MESSAGES) {
            throw new InvalidInputException("messages", "messages must have 1 to " + MOST_MESSAGES + " messages");
        }
        List<NewMessage> messages = new ArrayList<>(elements.size());
        for (RawValue element : elements) {
            byte[] json = element.bytes();
            messages.add(NewMessage.fromJson("messages[" + messages.size() + "]", json, 0, json.length));
        }
        return messages;
    }

    private static @Nullable String model(Map<String, RawValue> members) {
        String model = string(members, "model");
        if (model != null && (model.isBlank() || model.codePointCount(0, model.length()) > LONGEST_MODEL)) {
            throw new InvalidInputException("model", "model must have 1 to " + LONGEST_MODEL + " characters");
        }
        return model;
    }

    private static boolean stream(Map<String, RawValue> members) {
        RawValue stream = members.get("stream");
        Boolean value = stream == null ? Boolean.FALSE : stream.bool();
        if (value == null) {
            throw new InvalidInputException("stream", "stream must be true or false");
        }
        return value;
    }

    private static @Nullable String string(Map<String, RawValue> members, String name) {
        RawValue value = members.get(name);
        if (value == null) {
            return null;
        }
        String text = value.string();
        if (text == null) {
            throw new InvalidInputException(name, name + " must be a string");
        }
        return text;
    }
}
