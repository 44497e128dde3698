package dev.verbatim.testkit.history;

import java.util.ArrayList;
import java.util.List;

/**
 * Once an answer said that there is no such conversation, the generations known before are not shown again; as fresh as
 * {@link FreshReads} are. Only absences that {@link FreshAbsences} found right tell this.
 */
final class GoneStaysGone implements Invariant {
    private final Allowance allowance;

    GoneStaysGone(Allowance allowance) {
        this.allowance = allowance;
    }

    @Override
    public void check(ConversationHistory conversation, Findings findings) {
        List<Operation> absent = FreshAbsences.absent(conversation, findings);
        if (absent.isEmpty()) {
            return;
        }
        Timeline shown = new Timeline(Knowledge.shown(conversation, findings));
        List<Evidence> replaced = new ArrayList<>();
        for (Operation gone : absent) {
            if (!FreshAbsences.isMarked(gone)) {
                Knowledge.addReplaced(replaced, shown, gone, gone.call().asked() - allowance.of(gone));
            }
        }
        Behind behind = new Behind(allowance, new Knowledge(replaced));
        for (Read read : conversation.reads) {
            if (read.answer() instanceof Answer.Known answer && !findings.isBroken(read)) {
                behind.check(read, answer, findings);
            }
        }
    }
}
