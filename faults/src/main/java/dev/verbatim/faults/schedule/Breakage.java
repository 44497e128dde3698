package dev.verbatim.faults.schedule;

import java.util.OptionalLong;

/** One way to break something. */
@FunctionalInterface
interface Breakage {
    /** Breaks it, lets that last, and mends it; returns since when, by {@link System#nanoTime}, it was broken, if at all. */
    OptionalLong happen(Scene scene);
}
