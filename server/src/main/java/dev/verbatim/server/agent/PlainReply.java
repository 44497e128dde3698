package dev.verbatim.server.agent;

import dev.verbatim.insight.Recommendation;
import java.util.List;

/** Answers without a model: shows what was found, and where. */
final class PlainReply {
    private static final String NO_MODEL =
            "No model is set (OPENAI_BASE_URL, OPENAI_MODEL), so I only look things up. ";

    private PlainReply() {}

    /** Whether {@code text} was said without a model: it only repeats what was said elsewhere. */
    static boolean isOne(String text) {
        return text.startsWith(NO_MODEL);
    }

    static String of(Recommendation recommendation, List<Context> contexts) {
        return NO_MODEL
                + switch (recommendation) {
                    case ANSWER, REFINE -> "From your history: " + cited(contexts);
                    case CLARIFY ->
                        contexts.isEmpty()
                                ? "What do you mean? Can you say more of it: a name, a place, a day?"
                                : "I am not sure what you mean. It may be this: " + cited(contexts)
                                        + " Can you say more of it: a name, a place, a day?";
                    case EXTERNAL -> "Nothing in your history helps with this.";
                };
    }

    private static String cited(List<Context> contexts) {
        StringBuilder text = new StringBuilder();
        for (Context context : contexts) {
            text.append(text.isEmpty() ? "" : " ")
                    .append(context.role())
                    .append(": “")
                    .append(context.text().replaceAll("\\s+", " ").strip())
                    .append("” [")
                    .append(context.messageId())
                    .append("]");
        }
        return text.toString();
    }
}
