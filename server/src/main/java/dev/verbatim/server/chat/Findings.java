package dev.verbatim.server.chat;

import dev.verbatim.Message;
import dev.verbatim.server.json.JsonText;
import dev.verbatim.server.json.RawValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a stored answer says was found for it. Immutable.
 *
 * @param members by name, in the order in which they are told; none for an answer that nothing was looked for
 */
public record Findings(Map<String, RawValue> members) {
    private static final List<String> NAMES =
            List.of("contexts", "retrieval_quality", "recommendation", "refinement_count");

    /** Of a stored answer. */
    public static Findings of(Message message) {
        @Nullable RawValue stored = RawValue.parse(message.bytes()).members().get(Help.MEMBER);
        Map<String, RawValue> found = new LinkedHashMap<>();
        if (stored != null) {
            Map<String, RawValue> all = stored.members();
            all.keySet().retainAll(NAMES);
            found.putAll(all);
        }
        return new Findings(found);
    }

    /** Each with a comma before it. */
    String json() {
        StringBuilder json = new StringBuilder();
        members.forEach((name, value) ->
                json.append(',').append(JsonText.quote(name)).append(':').append(value.line()));
        return json.toString();
    }

    /** 0 to 1; null when nothing was looked for. */
    @Nullable
    Double quality() {
        RawValue quality = members.get("retrieval_quality");
        return quality == null ? null : Double.valueOf(quality.json());
    }

    @Nullable
    String recommendation() {
        RawValue recommendation = members.get("recommendation");
        return recommendation == null ? null : recommendation.string();
    }

    @Nullable
    Integer refinements() {
        RawValue count = members.get("refinement_count");
        return count == null ? null : (int) count.number().orElse(0);
    }

    /** Whether nothing of use was found, or the user was asked back. */
    public boolean isEmptyHanded() {
        String recommendation = recommendation();
        return recommendation != null && !recommendation.equals("ANSWER");
    }

    /** How many contexts were found. */
    @Nullable
    Integer contexts() {
        RawValue contexts = members.get("contexts");
        return contexts == null ? null : contexts.elements().size();
    }
}
