package dev.verbatim.postgres;

import dev.verbatim.Change;
import java.util.List;

/**
 * An answer that shows how far conversations go, though it is not a slice of one.
 *
 * @param answer the answer
 * @param epoch the cache's epoch, read in the same statement; 0 when it shows no conversation
 * @param ends how far they go
 */
public record Shown<T>(T answer, long epoch, List<End> ends) {
    /**
     * How far one goes.
     *
     * @param change the conversation, its generation and its newest number
     * @param xid the transaction that changed it last, as a row carries it: the lower 32 bits
     */
    public record End(Change change, long xid) {}

    public Shown {
        ends = List.copyOf(ends);
    }
}
