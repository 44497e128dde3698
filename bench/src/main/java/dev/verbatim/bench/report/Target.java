package dev.verbatim.bench.report;

import java.util.Locale;

/**
 * Something that must be reached.
 *
 * @param what what is compared with what
 * @param got what was measured
 * @param wanted what it must be at least, or at most
 * @param atMost whether less is better
 */
public record Target(String what, Ratio got, double wanted, boolean atMost) {
    /** {@code got} must be {@code wanted} or more. */
    public static Target atLeast(String what, Ratio got, double wanted) {
        return new Target(what, got, wanted, false);
    }

    /** {@code got} must be {@code wanted} or less. */
    public static Target atMost(String what, Ratio got, double wanted) {
        return new Target(what, got, wanted, true);
    }

    boolean met() {
        return atMost ? got.median() <= wanted : got.median() >= wanted;
    }

    /** A row of a table. */
    String row() {
        String limit = String.format(Locale.ROOT, wanted >= 100 ? "%.0f" : "%.2f", wanted);
        return "| " + what + " | " + got + " | " + (atMost ? "at most " : "at least ") + limit + " | "
                + (met() ? "met" : "**not met**") + " |";
    }
}
