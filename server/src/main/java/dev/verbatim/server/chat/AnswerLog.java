package dev.verbatim.server.chat;

import dev.verbatim.Message;
import dev.verbatim.MessageText;
import dev.verbatim.NewMessage;
import dev.verbatim.Owner;
import dev.verbatim.server.insight.QueryLog;
import dev.verbatim.server.json.RawValue;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes the query log of an answer.
 *
 * @param owner who asked
 * @param begin when, in {@link System#nanoTime}
 */
record AnswerLog(Owner owner, ChatRequest asked, long begin) {
    /** Of a whole answer, as {@link #of(String, Message)}; empty too for one that was given before. */
    Optional<QueryLog> of(ChatReply reply) {
        return reply.replayed() ? Optional.empty() : of(reply.conversationId(), reply.message());
    }

    /**
     * Of an answer that was stored just now, or as much of it as there is; empty for what asks nothing in words, as the result
     * of a tool.
     */
    Optional<QueryLog> of(String conversationId, Message stored) {
        String query = query(asked);
        if (query.isBlank()) {
            return Optional.empty();
        }
        Map<String, RawValue> answer = RawValue.parse(stored.bytes()).members();
        Findings findings = Findings.of(stored);
        return Optional.of(new QueryLog(
                owner,
                query,
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin),
                tokens(answer),
                conversationId,
                findings.quality(),
                findings.recommendation(),
                findings.refinements(),
                findings.contexts(),
                model(answer),
                null));
    }

    private static String query(ChatRequest asked) {
        NewMessage last = asked.messages().getLast();
        return last.role().equals("user") ? MessageText.all(last.body()) : "";
    }

    private static @Nullable Long tokens(Map<String, RawValue> answer) {
        RawValue tokens = answer.get("tokens_used");
        return tokens == null || tokens.number().isEmpty()
                ? null
                : tokens.number().getAsLong();
    }

    private static @Nullable String model(Map<String, RawValue> answer) {
        RawValue model = answer.get("model");
        return model == null ? null : model.string();
    }
}
