package dev.verbatim.server.chat;

import dev.verbatim.server.json.JsonText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Helper} found.
 *
 * @param messages what the model is to be sent, oldest first, each a JSON object
 * @param reply the answer itself, so that no model is asked; or null
 * @param findings what is stored and given with the answer, {@code "name":value,…} in JSON; empty for nothing
 */
public record Help(List<String> messages, @Nullable String reply, String findings) {
    /** The member of a stored answer that holds the findings. */
    static final String MEMBER = "agent";

    public Help {
        messages = List.copyOf(messages);
    }

    /** {@code answer}, and what was found for it. */
    ModelAnswer addTo(ModelAnswer answer) {
        return findings.isEmpty()
                ? answer
                : new ModelAnswer(
                        answer.members() + "," + JsonText.quote(MEMBER) + ":{" + findings + "}",
                        answer.empty(),
                        answer.usage(),
                        answer.model());
    }
}
