package dev.verbatim.testkit.history;

import java.util.HashSet;
import java.util.Set;

/**
 * Every acknowledged message, and every conversation acknowledged to be there, is in PostgreSQL in the end; if not, a
 * change may have taken it away that was not over when it was asked for. A generation once acknowledged is followed only
 * by newer ones.
 */
final class NothingLost implements Invariant {
    @Override
    public void check(ConversationHistory conversation, Findings findings) {
        Removals removals = new Removals(conversation.changes);
        Set<String> lost = new HashSet<>();
        for (Append append : conversation.appends) {
            if (append.answer() instanceof Answer.Known known && !findings.isBroken(append)) {
                for (Line line : known.lines()) {
                    if (isLost(conversation, removals, append, known.gen(), line) && lost.add(line.id())) {
                        findings.add(
                                Broken.LOST,
                                () -> line + " is not there in the end: " + findings.name(append) + "; "
                                        + end(conversation));
                    }
                }
            }
        }
        conversation.creates.forEach(create -> check(conversation, removals, create, findings));
    }

    private static boolean isLost(
            ConversationHistory conversation, Removals removals, Append append, long gen, Line line) {
        if (conversation.inEnd(line.id()) != null && gen <= conversation.endGen()) {
            return false;
        }
        boolean cannotBeGone = gen == conversation.endGen() || isRolledBack(conversation, gen);
        return cannotBeGone
                || !removals.mayHaveRemoved(line.seq(), append.call().asked());
    }

    /** Whether there is a conversation, but older than one that was acknowledged. */
    private static boolean isRolledBack(ConversationHistory conversation, long gen) {
        return conversation.end != null && conversation.endGen() < gen;
    }

    private static void check(ConversationHistory conversation, Removals removals, Create create, Findings findings) {
        if (!(create.answer() instanceof Answer.Known known) || findings.isBroken(create)) {
            return;
        }
        boolean deleted = removals.mayHaveRemoved(1, create.call().asked());
        if (isRolledBack(conversation, known.gen()) || (conversation.end == null && !deleted)) {
            findings.add(
                    Broken.LOST,
                    () -> "the conversation is not there in the end: " + findings.name(create) + "; "
                            + end(conversation));
        }
    }

    static String end(ConversationHistory conversation) {
        return conversation.end == null
                ? "PostgreSQL has no such conversation"
                : "PostgreSQL has generation " + conversation.endGen() + " with "
                        + conversation.endLines().size() + " messages";
    }
}
