package dev.verbatim.testkit.history;

import java.util.List;

/** PostgreSQL's log counts 1, 2, 3 and so on. */
final class NoGap implements Invariant {
    @Override
    public void check(ConversationHistory conversation, Findings findings) {
        List<Line> lines = conversation.endLines();
        for (int i = 0; i < lines.size(); i++) {
            long expected = i + 1L;
            if (lines.get(i).seq() != expected) {
                Line line = lines.get(i);
                findings.add(
                        Broken.GAP,
                        () -> "PostgreSQL has " + line + " in " + conversation.key + ", not at " + expected);
                return;
            }
        }
    }
}
