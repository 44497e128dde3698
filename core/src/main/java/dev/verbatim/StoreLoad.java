package dev.verbatim;

/**
 * How busy a {@link HybridHistoryStore} is just now.
 *
 * @param activeConnections connections to PostgreSQL in use
 * @param idleConnections connections that are open and free
 * @param mostConnections how many there may be
 * @param waitingForConnection how many threads wait for one
 * @param appendsWaiting appends that wait or are under way
 * @param closedBreakers nodes of Redis that are asked
 * @param halfOpenBreakers nodes that are asked by a few, to see whether they answer again
 * @param openBreakers nodes that did not answer and are left alone
 * @param refusedReads how many reads were refused so far because too many waited for PostgreSQL
 * @param refusedAppends how many appends were refused so far because too much waited to be stored
 */
public record StoreLoad(
        int activeConnections,
        int idleConnections,
        int mostConnections,
        int waitingForConnection,
        int appendsWaiting,
        int closedBreakers,
        int halfOpenBreakers,
        int openBreakers,
        long refusedReads,
        long refusedAppends) {}
