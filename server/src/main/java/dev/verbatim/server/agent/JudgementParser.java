package dev.verbatim.server.agent;

import dev.verbatim.insight.Recommendation;
import dev.verbatim.server.json.NotJsonException;
import dev.verbatim.server.json.RawValue;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a model's judgement: one JSON object with just the members that were asked for, each in its range; else nothing. */
final class JudgementParser {
    private static final Set<String> MEMBERS = Set.of("quality", "recommendation", "query");
    private static final Pattern SHARE = Pattern.compile("0(\\.[0-9]{1,9})?|1(\\.0{1,9})?");
    private static final int LONGEST_QUERY = 500;

    private JudgementParser() {}

    static Optional<Judgement> parse(String answer) {
        try {
            return judgement(RawValue.parse(answer.strip().getBytes(StandardCharsets.UTF_8))
                    .members());
        } catch (NotJsonException e) {
            return Optional.empty();
        }
    }

    private static Optional<Judgement> judgement(Map<String, RawValue> members) {
        if (!members.keySet().equals(MEMBERS)) {
            return Optional.empty();
        }
        String quality = Objects.requireNonNull(members.get("quality")).json();
        @Nullable Recommendation recommendation = recommendation(members.get("recommendation"));
        @Nullable String query = Objects.requireNonNull(members.get("query")).string();
        if (!SHARE.matcher(quality).matches() || recommendation == null || query == null) {
            return Optional.empty();
        }
        boolean nothingNew = query.isBlank() || query.length() > LONGEST_QUERY;
        return recommendation == Recommendation.REFINE && nothingNew
                ? Optional.empty()
                : Optional.of(new Judgement(Double.parseDouble(quality), recommendation, query));
    }

    private static @Nullable Recommendation recommendation(@Nullable RawValue value) {
        @Nullable String name = value == null ? null : value.string();
        return name == null ? null : Recommendation.of(name).orElse(null);
    }
}
