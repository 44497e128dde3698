package dev.verbatim.server.importing;

import dev.verbatim.NewMessage;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Finds how much of a history's newest messages is stored already, by what they hold: a server that keeps the last
 * twenty has forgotten where they stood.
 */
final class Overlap {
    /** What two messages are compared by: everything but the id, and the time only when it was brought. */
    private record Content(
            String role,
            @Nullable Instant createdAt,
            OptionalInt tokensUsed,
            OptionalInt latencyMs,
            @Nullable String model,
            JsonNode body) {}

    private Overlap() {}

    /**
     * How many of the first of {@code newest} are stored: all of them when they stand anywhere in {@code stored}, else as
     * many as its end holds. What an import stored is looked at by itself too, since the conversation may have gone on
     * here as well.
     */
    static int of(String conversationId, List<NewMessage> stored, List<NewMessage> newest) {
        boolean timed = newest.stream().allMatch(message -> message.createdAt() != null);
        Content[] looked = contents(newest, timed);
        List<NewMessage> imported = stored.stream()
                .filter(message -> BroughtIds.isMade(conversationId, Objects.requireNonNull(message.id())))
                .toList();
        int[] fallbacks = fallbacks(looked);
        return Math.max(
                found(contents(stored, timed), looked, fallbacks), found(contents(imported, timed), looked, fallbacks));
    }

    private static int found(Content[] text, Content[] looked, int[] fallbacks) {
        int matched = 0;
        for (int i = 0; i < text.length && matched < looked.length; i++) {
            matched = step(matched, text[i], looked, fallbacks);
        }
        return matched;
    }

    /** For each beginning of {@code looked} the longest shorter beginning that it ends with (Knuth, Morris, Pratt). */
    private static int[] fallbacks(Content[] looked) {
        int[] fallbacks = new int[looked.length + 1];
        int matched = 0;
        for (int i = 1; i < looked.length; i++) {
            matched = step(matched, looked[i], looked, fallbacks);
            fallbacks[i + 1] = matched;
        }
        return fallbacks;
    }

    private static int step(int matched, Content next, Content[] looked, int[] fallbacks) {
        int longest = matched;
        while (longest > 0 && !looked[longest].equals(next)) {
            longest = fallbacks[longest];
        }
        return looked[longest].equals(next) ? longest + 1 : 0;
    }

    private static Content[] contents(List<NewMessage> messages, boolean timed) {
        return messages.stream().map(message -> content(message, timed)).toArray(Content[]::new);
    }

    private static Content content(NewMessage message, boolean timed) {
        return new Content(
                message.role(),
                timed ? message.createdAt() : null,
                message.tokensUsed(),
                message.latencyMs(),
                message.model(),
                Trees.read(message.body()));
    }
}
