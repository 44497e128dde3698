package dev.verbatim.testkit.history;

import dev.verbatim.Slice;

/**
 * Which messages a read asked for, as the API defines a slice: with {@code after} the {@code limit} messages that directly
 * follow it, below {@code before} when that is given too; else the newest {@code limit} below {@code before}, or of all.
 *
 * @param after a seq, or {@link #NONE}
 * @param before a seq, or {@link #NONE}
 * @param minSeq the answer must be at least so new, if the conversation reaches so far; 0: no matter
 * @param fresh whether an answer that may be stale was ruled out
 */
public record SliceAsked(long after, long before, int limit, long minSeq, boolean fresh) {
    /** A bound that was not given. */
    public static final long NONE = -1;

    /** The newest {@code limit} messages. */
    public static SliceAsked newest(int limit) {
        return new SliceAsked(NONE, NONE, limit, 0, false);
    }

    /** The same as a slice of the library. */
    public static SliceAsked of(Slice slice) {
        return new SliceAsked(
                slice.after().orElse(NONE), slice.before().orElse(NONE), slice.limit(), slice.minSeq(), slice.fresh());
    }

    /** The first seq of the answer when the conversation ends at {@code lastSeq}; above {@link #last} when it is empty. */
    long first(long lastSeq) {
        return after == NONE ? Math.max(1, end(lastSeq) - limit + 1) : after + 1;
    }

    /** The last seq of the answer when the conversation ends at {@code lastSeq}. */
    long last(long lastSeq) {
        return after == NONE ? end(lastSeq) : Math.min(end(lastSeq), after + limit);
    }

    private long end(long lastSeq) {
        return before == NONE ? lastSeq : Math.min(lastSeq, before - 1);
    }
}
