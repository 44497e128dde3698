package dev.verbatim.testkit.history;

import java.util.List;

/**
 * No read is older than what was known before it began: the newest {@code (gen, seq)} that an acknowledgement, or an
 * earlier read's answer, had told anybody, and that an acknowledged change had made the generations known before it old.
 * While something is broken or settles, a read may be older, but not older than what was known one second before it began.
 * Known means: by an operation whose answer came before, in real time; what overlaps may be in either order.
 *
 * <p>That sessions read their own writes and never go back follows: a session does one call after the other, so the
 * answers to all of its earlier calls came before its next call began, and what they told is among what was known. Outside
 * of faults it must then be shown; inside, what they told a second or more before. So a session that misses its own write,
 * or goes back, is found here, and only named after the promise that its user would say was broken.
 *
 * <p>An answer marked as possibly stale breaks nothing by being old; what it told counts as known all the same.
 */
final class FreshReads implements Invariant {
    private final Allowance allowance;
    private final StaleReads stale;

    FreshReads(Allowance allowance, StaleReads stale) {
        this.allowance = allowance;
        this.stale = stale;
    }

    @Override
    public void check(ConversationHistory conversation, Findings findings) {
        List<Evidence> known = Knowledge.shown(conversation, findings);
        Timeline shown = new Timeline(known);
        for (Change change : conversation.changes) {
            if (change.answer() == Answer.Other.DONE) {
                Knowledge.addReplaced(known, shown, change, change.call().asked());
            }
        }
        Behind behind = new Behind(allowance, new Knowledge(known));
        for (Read read : conversation.reads) {
            if (read.answer() instanceof Answer.Known answer && !findings.isBroken(read)) {
                stale.add(read, behind.of(read, answer));
                behind.check(read, answer, findings);
            }
        }
    }
}
