package dev.verbatim.faults.schedule;

/** One way to break something. */
@FunctionalInterface
interface Breakage {
    /** Breaks it, lets that last, and mends it; returns whether it was broken at all. */
    boolean happen(Scene scene);
}
