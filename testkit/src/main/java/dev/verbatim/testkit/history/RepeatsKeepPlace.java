package dev.verbatim.testkit.history;

import java.util.HashMap;
import java.util.Map;

/** A message that is sent again, after a lost answer or for any reason, gets the seq it had. */
final class RepeatsKeepPlace implements Invariant {
    private record Sent(long gen, String id) {}

    @Override
    public void check(ConversationHistory conversation, Findings findings) {
        Map<Sent, Long> firsts = new HashMap<>();
        for (Append append : conversation.appends) {
            if (append.answer() instanceof Answer.Known known && !findings.isBroken(append)) {
                for (Line line : known.lines()) {
                    check(conversation, firsts, append, new Sent(known.gen(), line.id()), line, findings);
                }
            }
        }
    }

    private static void check(
            ConversationHistory conversation,
            Map<Sent, Long> firsts,
            Append append,
            Sent sent,
            Line line,
            Findings findings) {
        if (!conversation.written.isRepeated(sent.id())) {
            return;
        }
        long first = firsts.computeIfAbsent(sent, s -> first(conversation, s, line));
        if (first != line.seq()) {
            findings.add(Broken.REPEAT_MOVED, append, () -> "was told " + line + ", which was at " + first + " before");
        }
    }

    private static long first(ConversationHistory conversation, Sent sent, Line line) {
        Line end = conversation.endGen() == sent.gen() ? conversation.inEnd(sent.id()) : null;
        return end == null ? line.seq() : end.seq();
    }
}
