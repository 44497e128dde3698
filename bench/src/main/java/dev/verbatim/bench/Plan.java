package dev.verbatim.bench;

import java.time.Duration;

/**
 * How much is measured.
 *
 * @param full the record, not the quick form
 * @param rounds how often each is measured, in turn with the others
 * @param begin how long each, and the service, is loaded once, before its first turn: a JVM takes its time to compile
 * @param warmUp how long each is loaded before each of its turns
 * @param time how long each measurement takes
 * @param conversations how many conversations each rival has for each load
 */
public record Plan(boolean full, int rounds, Duration begin, Duration warmUp, Duration time, int conversations) {
    /** The quick form: to see that all works, and where one stands. */
    public static Plan quick() {
        return new Plan(false, 2, Duration.ofSeconds(2), Duration.ofMillis(500), Duration.ofSeconds(1), 400);
    }

    /** The record. */
    public static Plan record() {
        return new Plan(true, 5, Duration.ofSeconds(20), Duration.ofSeconds(1), Duration.ofSeconds(2), 2_000);
    }
}
