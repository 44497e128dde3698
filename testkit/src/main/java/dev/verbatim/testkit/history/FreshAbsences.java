package dev.verbatim.testkit.history;

import java.util.ArrayList;
import java.util.List;

/**
 * An answer that there is no such conversation is as fresh as {@link FreshReads} are: no call that saw it, and that no
 * deletion can have come after, was answered before.
 */
final class FreshAbsences implements Invariant {
    private final Allowance allowance;
    private final StaleReads stale;

    FreshAbsences(Allowance allowance, StaleReads stale) {
        this.allowance = allowance;
        this.stale = stale;
    }

    @Override
    public void check(ConversationHistory conversation, Findings findings) {
        List<Operation> absent = absent(conversation, findings);
        if (absent.isEmpty()) {
            return;
        }
        Absences absences = new Absences(seen(conversation, findings), conversation.changes);
        for (Operation operation : absent) {
            Operation against = absences.firstAgainst(operation.call());
            long behind = against == null
                    ? 0
                    : operation.call().asked() - against.call().answered();
            if (operation instanceof Read read) {
                stale.add(read, behind);
            }
            if (against != null && !isMarked(operation) && behind > allowance.of(operation)) {
                findings.add(Behind.kind(operation, against), operation, () -> Behind.text(behind, against, findings));
            }
        }
    }

    /** All that found no such conversation. An edit may have found no such message. */
    static List<Operation> absent(ConversationHistory conversation, Findings findings) {
        return conversation.operations.stream()
                .filter(operation -> operation.answer() == Answer.Other.NOT_FOUND)
                .filter(operation -> !(operation instanceof Change change && change.what() instanceof Change.Edit))
                .filter(operation -> !findings.isBroken(operation))
                .toList();
    }

    static boolean isMarked(Operation operation) {
        return operation instanceof Read read && read.marked();
    }

    /** An answer that may be stale may show what was deleted so long before. */
    private List<Absences.Seen> seen(ConversationHistory conversation, Findings findings) {
        List<Absences.Seen> seen = new ArrayList<>();
        for (Evidence evidence : Knowledge.shown(conversation, findings)) {
            Operation operation = evidence.operation();
            if (!isMarked(operation)) {
                seen.add(new Absences.Seen(operation, operation.call().asked() - allowance.of(operation)));
            }
        }
        return seen;
    }
}
