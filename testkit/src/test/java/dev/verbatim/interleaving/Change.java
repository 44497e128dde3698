package dev.verbatim.interleaving;

/**
 * A committed change of the conversation and how far its writer is with telling Redis.
 *
 * @param gen the generation it belongs to, or began
 * @param from its first message; for others than appends {@code to + 1}
 * @param to the conversation's newest message after it
 * @param seen what a writer that reads before it stores saw: so many changes
 */
record Change(Kind kind, int gen, int from, int to, Progress progress, int seen) {
    enum Kind {
        APPEND,
        /** An append sent again, of which nothing is new. */
        REPEAT,
        /** Takes the last message away; the words of the others are new. */
        EDIT,
        DELETE,
        /** Makes the conversation anew, without messages. */
        CREATE
    }

    enum Progress {
        COMMITTED,
        /** The writer of a mutant has read the log and is about to store what it saw. */
        READ,
        /** Redis confirmed neither apply nor drop, or the writer is dead: the change tail will tell. */
        UNCONFIRMED,
        DONE
    }

    static Change committed(Kind kind, int gen, int from, int to) {
        return new Change(kind, gen, from, to, Progress.COMMITTED, 0);
    }

    Change at(Progress next) {
        return new Change(kind, gen, from, to, next, seen);
    }

    Change read(int changes) {
        return new Change(kind, gen, from, to, Progress.READ, changes);
    }

    boolean isAppend() {
        return kind == Kind.APPEND || kind == Kind.REPEAT;
    }

    End end() {
        return new End(gen, to);
    }

    @Override
    public String toString() {
        return kind + " " + end() + " " + progress;
    }
}
