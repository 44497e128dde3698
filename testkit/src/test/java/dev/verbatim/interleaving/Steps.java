package dev.verbatim.interleaving;

/** What can happen next in a state. */
interface Steps {
    /** Takes one step that can be taken. */
    interface Sink {
        void step(String what, State next);
    }

    /** Gives each step that can be taken in {@code state} to {@code sink}. */
    void from(State state, Sink sink);
}
