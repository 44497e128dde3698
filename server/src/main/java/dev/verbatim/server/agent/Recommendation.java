package dev.verbatim.server.agent;

/** What is to be done with what was found. */
enum Recommendation {
    /** Answer with it. */
    ANSWER,
    /** Look again, in other words. */
    REFINE,
    /** Ask the user what is meant. */
    CLARIFY,
    /** Answer without the history, and say so. */
    EXTERNAL
}
