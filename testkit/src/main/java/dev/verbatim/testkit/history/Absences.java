package dev.verbatim.testkit.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a conversation that was seen may be said not to exist. It may if a deletion, of whatever outcome, was not
 * over when the seeing call was asked (so may have come after what that call saw) and was asked before the answer in
 * question.
 */
final class Absences {
    /** A call that saw the conversation, and from when on it may have seen it. */
    record Seen(Operation operation, long since) {
        long answered() {
            return operation.call().answered();
        }
    }

    /** Only those that saw it later than all before. */
    private final List<Seen> latest = new ArrayList<>();

    private final long[] asked;

    /** Up to each deletion: until when one may have taken place. */
    private final long[] over;

    Absences(List<Seen> seen, List<Change> changes) {
        List<Seen> sorted = new ArrayList<>(seen);
        sorted.sort(Comparator.comparingLong(Seen::answered));
        for (Seen one : sorted) {
            if (latest.isEmpty() || one.since() > latest.getLast().since()) {
                latest.add(one);
            }
        }
        List<Change> deletions = changes.stream()
                .filter(change -> change.what() instanceof Change.Delete && change.mayHaveBeenMade())
                .sorted(Comparator.comparingLong(change -> change.call().asked()))
                .toList();
        asked = deletions.stream().mapToLong(change -> change.call().asked()).toArray();
        over = deletions.stream().mapToLong(Change::latest).toArray();
        for (int i = 1; i < over.length; i++) {
            over[i] = Math.max(over[i], over[i - 1]);
        }
    }

    /** The first call that makes it wrong to answer, at that time, that there is no such conversation. */
    @Nullable
    Operation firstAgainst(Call absent) {
        int deletions = Sorted.first(asked.length, i -> asked[i] >= absent.answered());
        int first = deletions == 0
                ? 0
                : Sorted.first(latest.size(), i -> latest.get(i).since() > over[deletions - 1]);
        return first < latest.size() ? latest.get(first).operation() : null;
    }
}
