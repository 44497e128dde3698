package dev.verbatim.server.chat;

import dev.verbatim.MessageText;
import dev.verbatim.NewMessage;
import dev.verbatim.Owner;
import dev.verbatim.server.insight.QueryLog;
import dev.verbatim.server.json.RawValue;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Makes the query log of an answer. */
final class AnswerLog {
    private AnswerLog() {}

    /**
     * The log of {@code reply}, which was begun at {@code begin} of {@link System#nanoTime}; empty for an answer that was given
     * before, and for what asks nothing in words, as the result of a tool.
     */
    static Optional<QueryLog> of(Owner owner, ChatRequest asked, ChatReply reply, long begin) {
        String query = query(asked);
        if (reply.replayed() || query.isBlank()) {
            return Optional.empty();
        }
        Map<String, RawValue> answer = RawValue.parse(reply.message().bytes()).members();
        Findings findings = Findings.of(reply.message());
        return Optional.of(new QueryLog(
                owner,
                query,
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin),
                tokens(answer),
                reply.conversationId(),
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
