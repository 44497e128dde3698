package dev.verbatim.testkit.history;

import java.util.List;

/** What came of a call. */
public sealed interface Answer {
    /**
     * The conversation as the answer shows it.
     *
     * @param gen its generation, from 1
     * @param lastSeq the newest number the answer knows of, from 0
     * @param lines of an append: the stored messages in the order they were sent; of a read: the slice, oldest first
     */
    record Known(long gen, long lastSeq, List<Line> lines) implements Answer {
        public Known {
            if (gen < 1 || lastSeq < 0) {
                throw new IllegalArgumentException("no conversation has generation " + gen + " and end " + lastSeq);
            }
            lines = List.copyOf(lines);
        }
    }

    /** An answer that shows no messages. */
    enum Other implements Answer {
        /** A change was made. */
        DONE,
        /** There is no such conversation. */
        NOT_FOUND,
        /** What the caller had seen is not what is there any more, so nothing was done: an answer as good as any. */
        REFUSED,
        /** An error that says that nothing was done. */
        FAILED,
        /** No answer, or one that says that the outcome is unknown. */
        UNKNOWN
    }
}
