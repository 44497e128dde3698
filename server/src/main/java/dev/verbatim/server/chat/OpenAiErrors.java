package dev.verbatim.server.chat;

import dev.verbatim.server.json.NotJsonException;
import dev.verbatim.server.json.RawValue;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes one line for a caller out of what a model's server says went wrong; the API key never comes through. */
final class OpenAiErrors {
    private static final int LONGEST = 300;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int GATEWAY_TIMEOUT = 504;

    private final @Nullable String apiKey;

    OpenAiErrors(@Nullable String apiKey) {
        this.apiKey = apiKey;
    }

    /** For an answer with another status than 200. */
    ModelException ofStatus(int status, byte[] body, @Nullable String retryAfter) {
        String reason = reason(body);
        String said = "the model's server answered " + status + (reason == null ? "" : ": " + reason);
        if (status == REQUEST_TIMEOUT || status == GATEWAY_TIMEOUT) {
            return ModelException.slow(said);
        }
        if (status == TOO_MANY_REQUESTS && retryAfter != null && retryAfter.matches("[0-9]{1,6}")) {
            return ModelException.failed(said + "; try again in " + retryAfter + " s");
        }
        return ModelException.failed(said);
    }

    /** For an error object where an answer should be; null when there is none. */
    @Nullable
    ModelException inAnswer(Map<String, RawValue> answer) {
        String reason = reason(answer);
        return reason == null ? null : ModelException.failed("the model's server reports an error: " + reason);
    }

    private @Nullable String reason(byte[] body) {
        try {
            Map<String, RawValue> answer = RawValue.parse(body).members();
            String reason = reason(answer);
            return reason != null ? reason : firstText(answer, "message", "detail");
        } catch (NotJsonException e) {
            return null;
        }
    }

    private @Nullable String reason(Map<String, RawValue> answer) {
        RawValue error = answer.get("error");
        if (error == null || error.isNull()) {
            RawValue object = answer.get("object");
            return object != null && "error".equals(object.string()) ? firstText(answer, "message") : null;
        }
        String text = error.isString() ? error.string() : firstText(error.members(), "message", "code", "type");
        return text == null ? "it does not say what" : clean(text);
    }

    private @Nullable String firstText(Map<String, RawValue> members, String... names) {
        for (String name : names) {
            RawValue value = members.get(name);
            String text = value == null ? null : value.string();
            if (text != null && !text.isBlank()) {
                return clean(text);
            }
        }
        return null;
    }

    private String clean(String text) {
        String line = apiKey == null ? text : text.replace(apiKey, "[key]");
        line = line.replaceAll("[\\s\\p{C}]+", " ").strip();
        return line.codePointCount(0, line.length()) <= LONGEST
                ? line
                : line.substring(0, line.offsetByCodePoints(0, LONGEST)) + "…";
    }
}
