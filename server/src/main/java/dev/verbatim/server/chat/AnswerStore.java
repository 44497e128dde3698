package dev.verbatim.server.chat;

import dev.verbatim.AppendOptions;
import dev.verbatim.ConflictException;
import dev.verbatim.ConversationNotFoundException;
import dev.verbatim.GenerationChangedException;
import dev.verbatim.HistoryStore;
import dev.verbatim.InvalidInputException;
import dev.verbatim.Message;
import dev.verbatim.NewMessage;
import dev.verbatim.server.json.JsonText;
import dev.verbatim.server.json.RawValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Stores answers. Thread-safe. */
final class AnswerStore {
    private final HistoryStore store;

    AnswerStore(HistoryStore store) {
        this.store = store;
    }

    /** Stores a whole answer; when the turn has one already, that stays and is returned. */
    Message keep(Turn turn, ModelAnswer answer, long latencyMs) {
        return keep(turn, answer, latencyMs, "");
    }

    /** Stores what there is of an answer that broke off; nothing when that says nothing, so that a repeat asks again. */
    Optional<Message> keepPart(Turn turn, ModelAnswer part, long latencyMs) {
        return part.empty() ? Optional.empty() : Optional.of(keep(turn, part, latencyMs, ",\"status\":\"incomplete\""));
    }

    private Message keep(Turn turn, ModelAnswer answer, long latencyMs, String status) {
        NewMessage message = message(turn, answer, latencyMs, status);
        try {
            return append(turn, message);
        } catch (ConflictException e) {
            return store.message(turn.owner(), turn.conversationId(), turn.answerId())
                    .orElseThrow(() -> e);
        }
    }

    /** Not behind a history that what is answered was taken out of meanwhile; other changes of it do no harm. */
    private Message append(Turn turn, NewMessage message) {
        long gen = turn.gen();
        while (true) {
            AppendOptions options = AppendOptions.EXISTING.onlyOf(gen);
            try {
                return store.append(turn.owner(), turn.conversationId(), List.of(message), options)
                        .messages()
                        .getFirst();
            } catch (GenerationChangedException e) {
                gen = generation(turn);
                if (store.message(
                                turn.owner(), turn.conversationId(), turn.last().id())
                        .isEmpty()) {
                    throw e;
                }
            }
        }
    }

    private long generation(Turn turn) {
        return store.get(turn.owner(), turn.conversationId())
                .orElseThrow(() -> new ConversationNotFoundException(turn.conversationId()))
                .gen();
    }

    private static NewMessage message(Turn turn, ModelAnswer answer, long latencyMs, String status) {
        String tokens = tokens(answer.usage());
        String json = "{\"id\":" + JsonText.quote(turn.answerId()) + ",\"role\":\"assistant\"," + answer.members()
                + (tokens == null ? "" : ",\"tokens_used\":" + tokens)
                + ",\"latency_ms\":" + latencyMs
                + ",\"model\":" + JsonText.quote(answer.model()) + status + "}";
        try {
            return NewMessage.fromJson(json);
        } catch (InvalidInputException e) {
            throw ModelException.failed("the model's answer cannot be stored: " + e.getMessage(), e);
        }
    }

    /** All tokens of the call, prompt and answer, as the model counts them; null when it does not say. */
    private static @Nullable String tokens(@Nullable String usage) {
        if (usage == null) {
            return null;
        }
        RawValue total =
                RawValue.parse(usage.getBytes(StandardCharsets.UTF_8)).members().get("total_tokens");
        return total != null && total.isInteger() && !total.json().startsWith("-") ? total.json() : null;
    }
}
