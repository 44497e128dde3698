package dev.verbatim;

/**
 * Hears what a {@link HybridHistoryStore} does, for those who count and trace it. Called by many threads, on the way of calls, so
 * it must be quick; what it throws would fail them. Times are of {@link System#nanoTime}.
 */
public interface StoreListener {
    /** Hears nothing. */
    StoreListener NONE = new StoreListener() {};

    /** What is asked of a server. */
    enum Call {
        /** A conversation's entry is read from Redis. */
        REDIS_READ,
        /** The right to fill an entry is asked for. */
        REDIS_LEASE,
        /** An entry is filled. */
        REDIS_FILL,
        /** What a batch committed is brought to Redis. */
        REDIS_APPLY,
        /** Messages are read from PostgreSQL. */
        POSTGRES_READ
    }

    /**
     * A call came back, on the thread that made it.
     *
     * @param began when it was made
     * @param failed whether it gave no answer
     */
    default void called(Call call, long began, boolean failed) {}

    /**
     * A batch of appends went through its transaction, or failed to.
     *
     * @param appends how many there were
     * @param messages how many messages they had together
     * @param began when it began
     * @param failed whether nothing of it was stored
     */
    default void batch(int appends, int messages, long began, boolean failed) {}

    /** An entry was to be filled; {@code stored} is false when somebody else had filled or changed it meanwhile. */
    default void filled(boolean stored) {}

    /** Redis was told of {@code changes} conversations that were appended to, and did not confirm {@code unconfirmed} of them. */
    default void applied(int changes, int unconfirmed) {}
}
