package dev.verbatim.testkit.history;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** No message is in a conversation twice: not in PostgreSQL in the end, and not in an earlier generation as it was shown. */
final class NothingTwice implements Invariant {
    @Override
    public void check(ConversationHistory conversation, Findings findings) {
        check(conversation, conversation.endGen(), conversation.endLines(), findings);
        conversation.places.all().forEach((gen, lines) -> {
            if (gen != conversation.endGen()) {
                check(conversation, gen, lines.values(), findings);
            }
        });
    }

    private static void check(ConversationHistory conversation, long gen, Collection<Line> lines, Findings findings) {
        Map<String, Line> seen = new HashMap<>();
        for (Line line : lines) {
            Line other = seen.putIfAbsent(line.id(), line);
            if (other != null) {
                findings.add(
                        Broken.TWICE,
                        () -> conversation.key + " has in generation " + gen + " " + other + " and " + line);
            }
        }
    }
}
