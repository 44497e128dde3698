package dev.verbatim.testkit.history;

/** One thing that must hold for each conversation. */
@FunctionalInterface
interface Invariant {
    /**
     * Adds what does not hold. A call that an earlier invariant found broken says nothing that can be relied on, so it is
     * left out.
     */
    void check(ConversationHistory conversation, Findings findings);
}
