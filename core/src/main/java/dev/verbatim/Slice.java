package dev.verbatim;

import java.util.OptionalLong;

/**
 * Which unbroken run of a conversation's messages to read. With {@code after}: the {@code limit} messages that directly
 * follow it (with {@code before} too only those below that). Without: the newest {@code limit} below {@code before}, or
 * of all. Both bounds are exclusive. Immutable.
 *
 * @param after a seq, from 0
 * @param before a seq, from 1
 * @param limit how many messages at most, 1 to 1,000
 * @param minSeq the answer must know of messages up to here, if there are any: 0 when any answer will do
 * @param fresh ask PostgreSQL, whatever the cache holds
 */
public record Slice(OptionalLong after, OptionalLong before, int limit, long minSeq, boolean fresh) {
    /** The most messages one slice can have. */
    public static final int MAX_LIMIT = 1_000;

    /**
     * Checks the ranges.
     *
     * @throws InvalidInputException when a number is out of its range
     */
    public Slice {
        checkAfter("after", after.orElse(0));
        check("before", before.orElse(1) >= 1, "before must be 1 or more");
        check("limit", limit >= 1 && limit <= MAX_LIMIT, "limit must be 1 to " + MAX_LIMIT);
        check("min_seq", minSeq >= 0, "min_seq must be 0 or more");
    }

    /** The newest {@code limit} messages. */
    public static Slice newest(int limit) {
        return new Slice(OptionalLong.empty(), OptionalLong.empty(), limit, 0, false);
    }

    /** The {@code limit} messages that directly follow {@code seq}. */
    public static Slice after(long seq, int limit) {
        return new Slice(OptionalLong.of(seq), OptionalLong.empty(), limit, 0, false);
    }

    /** The newest {@code limit} messages below {@code seq}. */
    public static Slice before(long seq, int limit) {
        return new Slice(OptionalLong.empty(), OptionalLong.of(seq), limit, 0, false);
    }

    /** This, known at least up to {@code seq}. */
    public Slice minSeq(long seq) {
        return new Slice(after, before, limit, seq, fresh);
    }

    /** This, out of PostgreSQL whatever the cache holds. */
    public Slice freshly() {
        return new Slice(after, before, limit, minSeq, true);
    }

    /** The first seq of this slice in a conversation that ends at {@code lastSeq}; above {@link #to} when it is empty. */
    public long from(long lastSeq) {
        return after.isPresent() ? after.getAsLong() + 1 : Math.max(1, end(lastSeq) - limit + 1);
    }

    /** The last seq of this slice in a conversation that ends at {@code lastSeq}. */
    public long to(long lastSeq) {
        long end = end(lastSeq);
        return after.isPresent() ? Math.min(end, after.getAsLong() + limit) : end;
    }

    /** Whether more messages remain in range: newer ones with {@code after}, else older ones. */
    public boolean hasMore(long lastSeq) {
        long end = end(lastSeq);
        return after.isPresent() ? to(lastSeq) < end : end > 0 && from(lastSeq) > 1;
    }

    private long end(long lastSeq) {
        return Math.min(lastSeq, before.orElse(Long.MAX_VALUE) - 1);
    }

    /** A number behind which something is asked for: from 0, which stands before the first message. */
    static void checkAfter(String param, long seq) {
        check(param, seq >= 0, param + " must be 0 or more");
    }

    private static void check(String param, boolean holds, String message) {
        if (!holds) {
            throw new InvalidInputException(param, message);
        }
    }
}
