package dev.verbatim.server.chat;

import dev.verbatim.MessageText;
import dev.verbatim.NewMessage;
import dev.verbatim.Owner;
import dev.verbatim.server.insight.QueryLog;
import dev.verbatim.server.json.RawValue;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
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
        NewMessage last = asked.messages().getLast();
        String query = last.role().equals("user") ? MessageText.all(last.body()) : "";
        if (reply.replayed() || query.isBlank()) {
            return Optional.empty();
        }
        Map<String, RawValue> answer = RawValue.parse(reply.message().bytes()).members();
        RawValue model = answer.get("model");
        return Optional.of(new QueryLog(
                owner,
                query,
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin),
                tokens(answer.get("tokens_used")),
                reply.conversationId(),
                null,
                null,
                null,
                null,
                model == null ? null : model.string(),
                null));
    }

    private static @Nullable Long tokens(@Nullable RawValue used) {
        OptionalLong tokens = used == null ? OptionalLong.empty() : used.number();
        return tokens.isPresent() ? tokens.getAsLong() : null;
    }
}
