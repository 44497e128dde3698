package dev.verbatim.insight;

import java.time.Instant;

/**
 * A point of a plot.
 *
 * @param at when its period begins
 * @param value NaN when there is none
 */
public record Point(Instant at, double value) {}
