package dev.verbatim.server.insight;

/** Takes query logs of answers that were given. Thread-safe. */
@FunctionalInterface
public interface QueryLogs {
    /** Keeps none. */
    QueryLogs NONE = log -> {};

    /**
     * Takes one finished log, to be stored behind the answer. Never waits and never fails: when too many wait already, it is
     * dropped and counted.
     */
    void log(QueryLog log);
}
