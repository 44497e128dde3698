package dev.verbatim.server.insight;

import dev.verbatim.ConversationKey;
import dev.verbatim.InvalidInputException;
import dev.verbatim.Owner;
import dev.verbatim.Times;
import dev.verbatim.insight.Answered;
import dev.verbatim.insight.Recommendation;
import dev.verbatim.server.http.ApiException;
import dev.verbatim.server.http.JsonBody;
import dev.verbatim.server.json.RawValue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the body of a request that brings query logs: one, or {@code {"data":[…]}}. */
final class LogBodies {
    private static final int MOST = 1_000;

    /** Older ones, and later ones, are mistakes; each month of them would get a table. */
    private static final Duration OLDEST = Duration.ofDays(3_653);

    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

    private static final String[] MEMBERS = {
        "query",
        "response_time_ms",
        "tokens_used",
        "conversation_id",
        "retrieval_quality",
        "recommendation",
        "refinement_count",
        "contexts_retrieved",
        "model",
        "created_at"
    };

    private final Owner owner;
    private final Instant now;
    private final Duration kept;

    /**
     * For the logs of {@code owner}.
     *
     * @param keepDays for how many days logs are kept; 0 for ever
     */
    LogBodies(Owner owner, Instant now, int keepDays) {
        this.owner = owner;
        this.now = now.truncatedTo(ChronoUnit.MICROS);
        this.kept = keepDays == 0 ? OLDEST : Duration.ofDays(keepDays);
    }

    List<Answered> parse(byte[] json) {
        String[] known = new String[MEMBERS.length + 1];
        System.arraycopy(MEMBERS, 0, known, 0, MEMBERS.length);
        known[MEMBERS.length] = "data";
        JsonBody body = JsonBody.parse(json, known);
        if (!body.has("data")) {
            return List.of(log(body));
        }
        for (String member : MEMBERS) {
            if (body.has(member)) {
                throw ApiException.invalid(member, "next to data there must be no other member");
            }
        }
        return logs(body.list("data").orElse("[]"));
    }

    private List<Answered> logs(String list) {
        List<RawValue> entries =
                RawValue.parse(list.getBytes(StandardCharsets.UTF_8)).elements();
        if (entries.isEmpty() || entries.size() > MOST) {
            throw ApiException.invalid("data", "data must have 1 to " + MOST + " query logs");
        }
        List<Answered> logs = new ArrayList<>(entries.size());
        for (int i = 0; i < entries.size(); i++) {
            logs.add(log(entries.get(i), "data[" + i + "]"));
        }
        return logs;
    }

    private Answered log(RawValue entry, String place) {
        if (!entry.isObject()) {
            throw ApiException.invalid(place, place + " must be a JSON object");
        }
        try {
            return log(JsonBody.parse(entry.json().getBytes(StandardCharsets.UTF_8), MEMBERS));
        } catch (ApiException e) {
            throw ApiException.invalid(place + "." + e.param(), place + ": " + e.getMessage());
        }
    }

    private Answered log(JsonBody body) {
        String query = body.requiredText("query");
        if (query.isEmpty() || query.length() > Answered.LONGEST_QUERY) {
            throw ApiException.invalid("query", "query must have 1 to " + Answered.LONGEST_QUERY + " characters");
        }
        int time = (int) body.number("response_time_ms", 0, Integer.MAX_VALUE)
                .orElseThrow(() -> ApiException.invalid(
                        "response_time_ms", "response_time_ms is missing; it says how long the answer took"));
        OptionalDouble quality = body.decimal("retrieval_quality", 0, 1);
        return new Answered(
                UUID.randomUUID(),
                owner,
                createdAt(body),
                query,
                time,
                number(body, "tokens_used"),
                conversation(body),
                quality.isPresent() ? quality.getAsDouble() : null,
                recommendation(body),
                number(body, "refinement_count"),
                number(body, "contexts_retrieved"),
                model(body));
    }

    private static @Nullable Integer number(JsonBody body, String name) {
        OptionalLong number = body.number(name, 0, Integer.MAX_VALUE);
        return number.isPresent() ? (int) number.getAsLong() : null;
    }

    private @Nullable String conversation(JsonBody body) {
        String id = body.text("conversation_id").orElse(null);
        if (id != null) {
            try {
                ConversationKey.of(owner, id);
            } catch (InvalidInputException e) {
                throw ApiException.invalid("conversation_id", String.valueOf(e.getMessage()));
            }
        }
        return id;
    }

    private static @Nullable Recommendation recommendation(JsonBody body) {
        String name = body.text("recommendation").orElse(null);
        return name == null ? null : Parameters.recommendation(name);
    }

    private static @Nullable String model(JsonBody body) {
        String model = body.text("model").orElse(null);
        if (model != null && (model.isBlank() || model.codePointCount(0, model.length()) > Answered.LONGEST_MODEL)) {
            throw ApiException.invalid("model", "model must have 1 to " + Answered.LONGEST_MODEL + " characters");
        }
        return model;
    }

    private Instant createdAt(JsonBody body) {
        String text = body.text("created_at").orElse(null);
        if (text == null) {
            return now;
        }
        Instant time;
        try {
            time = Times.parse("created_at", text);
        } catch (InvalidInputException e) {
            throw ApiException.invalid("created_at", String.valueOf(e.getMessage()));
        }
        if (time.isAfter(now.plus(CLOCKS_DIFFER))) {
            throw ApiException.invalid("created_at", "created_at must not be in the future");
        }
        if (time.isBefore(now.minus(kept))) {
            throw ApiException.invalid(
                    "created_at",
                    "created_at must be within the last " + kept.toDays() + " days: so long logs are kept");
        }
        return time;
    }
}
