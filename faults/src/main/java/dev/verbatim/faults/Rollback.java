package dev.verbatim.faults;

import dev.verbatim.testkit.history.Answer;
import dev.verbatim.testkit.history.Append;
import dev.verbatim.testkit.history.Change;
import dev.verbatim.testkit.history.Create;
import dev.verbatim.testkit.history.FinalConversation;
import dev.verbatim.testkit.history.History;
import dev.verbatim.testkit.history.Operation;
import dev.verbatim.testkit.history.Read;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a history still promises after PostgreSQL was put back to an earlier state, by losing its last commits or by a dump:
 * all but what came after that state. What was told of that, in the time in which it may be, counts as of unknown outcome
 * or is left out; nothing else is excused.
 */
final class Rollback {
    private final Map<List<String>, FinalConversation> kept;
    private final long from;
    private final long until;
    private final long markedUntil;
    private int lost;
    private int leftOut;

    /**
     * @param kept the state PostgreSQL was put back to
     * @param from no answer before this may be lost, in nanoseconds of the common clock
     * @param until no answer to what was asked later may tell of what is lost
     * @param markedUntil the same for answers marked as possibly stale
     */
    Rollback(List<FinalConversation> kept, long from, long until, long markedUntil) {
        this.kept = kept.stream().collect(Collectors.toMap(one -> List.of(one.user(), one.conversation()), one -> one));
        this.from = from;
        this.until = until;
        this.markedUntil = markedUntil;
    }

    /** The history with all that may be lost taken back. */
    History of(History history) {
        List<Operation> operations = new ArrayList<>();
        for (Operation operation : history.operations()) {
            if (operation.call().answered() < from || !mayTellOfLost(operation) || !tellsOfLost(operation)) {
                operations.add(operation);
            } else {
                takeBack(operation, operations);
            }
        }
        return new History(operations, history.faults(), history.finalLog());
    }

    private boolean mayTellOfLost(Operation operation) {
        boolean marked = operation instanceof Read read && read.marked();
        return operation.call().asked() <= (marked ? markedUntil : until);
    }

    private boolean tellsOfLost(Operation operation) {
        if (operation.answer() instanceof Answer.Known known) {
            FinalConversation there =
                    kept.get(List.of(operation.call().user(), operation.call().conversation()));
            return there == null
                    || known.gen() > there.gen()
                    || (known.gen() == there.gen()
                            && known.lastSeq() > there.lines().size());
        }
        return operation.answer() == Answer.Other.DONE || operation.answer() == Answer.Other.NOT_FOUND;
    }

    private void takeBack(Operation operation, List<Operation> operations) {
        switch (operation) {
            case Append append -> {
                lost++;
                operations.add(new Append(append.call(), append.messages(), Answer.Other.UNKNOWN));
            }
            case Create create -> {
                lost++;
                operations.add(new Create(create.call(), Answer.Other.UNKNOWN));
            }
            case Change change -> {
                lost++;
                operations.add(new Change(change.call(), change.what(), Answer.Other.UNKNOWN));
            }
            case Read read -> leftOut++;
        }
    }

    /** How many answers were taken back, by what was asked. */
    @Override
    public String toString() {
        return lost + " acknowledged changes and " + leftOut + " reads tell of what may be lost";
    }
}
