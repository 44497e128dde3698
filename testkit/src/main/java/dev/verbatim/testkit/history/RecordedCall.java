package dev.verbatim.testkit.history;

import java.util.List;

/** A call under way; to be ended once, by the thread that makes it. */
public final class RecordedCall {
    /** What came of it. */
    record Ended(Answer answer, boolean marked) {
        static final Ended NOT_YET = new Ended(Answer.Other.UNKNOWN, false);
    }

    /** Makes the operation when its end is known. */
    @FunctionalInterface
    interface Making {
        Operation make(long answered, Ended ended);
    }

    private final HistoryWriter writer;
    private final long number;
    private final Making making;
    private boolean ended;

    RecordedCall(HistoryWriter writer, long number, Making making) {
        this.writer = writer;
        this.number = number;
        this.making = making;
    }

    /** Of an append, a create or a read: the answer shows the conversation; see {@link Answer.Known}. */
    public void known(long gen, long lastSeq, List<Line> lines) {
        end(new Answer.Known(gen, lastSeq, lines), false);
    }

    /** Of a read: the same, and the answer says that it may be stale. */
    public void maybeStale(long gen, long lastSeq, List<Line> lines) {
        end(new Answer.Known(gen, lastSeq, lines), true);
    }

    /** Of a change: it was made. */
    public void done() {
        end(Answer.Other.DONE, false);
    }

    /** There is no such conversation. */
    public void notFound() {
        end(Answer.Other.NOT_FOUND, false);
    }

    /** Nothing was done, for what the caller had seen is not what is there any more. */
    public void refused() {
        end(Answer.Other.REFUSED, false);
    }

    /** An error that says that nothing was done; too many requests is one too. */
    public void failed() {
        end(Answer.Other.FAILED, false);
    }

    /** No answer, or one that says that the outcome is unknown; also when the client cancels. */
    public void unknown() {
        end(Answer.Other.UNKNOWN, false);
    }

    private void end(Answer answer, boolean marked) {
        if (ended) {
            throw new IllegalStateException("this call was ended before; begin another one");
        }
        ended = true;
        writer.ended(number, making.make(System.nanoTime(), new Ended(answer, marked)));
    }
}
