package dev.verbatim.testkit.history;

/** Decides whether a history keeps the promises. */
public final class HistoryChecker {
    private HistoryChecker() {}

    /** Checks a whole history; takes time in O(n log n) and memory in O(n). */
    public static Report check(History history) {
        return Check.of(history, Limits.PROMISED);
    }
}
