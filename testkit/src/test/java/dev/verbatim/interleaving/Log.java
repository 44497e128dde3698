package dev.verbatim.interleaving;

import dev.verbatim.interleaving.Change.Kind;
import dev.verbatim.interleaving.Change.Progress;
import java.util.ArrayList;
import java.util.List;

/** PostgreSQL's log of one conversation, as the changes in the order of their commits. Immutable. */
record Log(List<Change> changes) {
    Log {
        changes = List.copyOf(changes);
    }

    /** A conversation of one message. */
    static Log begun() {
        return new Log(List.of(new Change(Kind.APPEND, 1, 1, 1, Progress.DONE, 0)));
    }

    int size() {
        return changes.size();
    }

    /** Whether there is a conversation after the first {@code seen} changes. */
    boolean exists(int seen) {
        return changes.get(seen - 1).kind() != Kind.DELETE;
    }

    /** The newest message after the first {@code seen} changes; of a conversation that is gone its last generation. */
    End end(int seen) {
        return changes.get(seen - 1).end();
    }

    boolean exists() {
        return exists(size());
    }

    End end() {
        return end(size());
    }

    /** The last message that ever was in {@code gen}; -1 when there was no such generation. */
    int lastOf(long gen) {
        int last = -1;
        for (Change change : changes) {
            if (change.gen() == gen) {
                last = Math.max(last, change.to());
            }
        }
        return last;
    }

    /** With another append, of one, two or three messages by turns; to a conversation that is gone it makes a new one. */
    Log appended() {
        long appends =
                changes.stream().filter(change -> change.kind() == Kind.APPEND).count();
        int size = (int) (appends % 3) + 1;
        End end = end();
        return exists()
                ? with(Change.committed(Kind.APPEND, end.gen(), end.seq() + 1, end.seq() + size))
                : with(Change.committed(Kind.APPEND, end.gen() + 1, 1, size));
    }

    Log repeated() {
        End end = end();
        return with(Change.committed(Kind.REPEAT, end.gen(), end.seq() + 1, end.seq()));
    }

    Log edited() {
        int kept = Math.max(0, end().seq() - 1);
        return with(Change.committed(Kind.EDIT, end().gen() + 1, kept + 1, kept));
    }

    Log deleted() {
        return with(Change.committed(Kind.DELETE, end().gen() + 1, 1, 0));
    }

    Log created() {
        return with(Change.committed(Kind.CREATE, end().gen() + 1, 1, 0));
    }

    private Log with(Change change) {
        List<Change> all = new ArrayList<>(changes);
        all.add(change);
        return new Log(all);
    }

    /** With another change in the place of number {@code at}. */
    Log with(int at, Change change) {
        List<Change> all = new ArrayList<>(changes);
        all.set(at, change);
        return new Log(all);
    }
}
