package dev.verbatim.postgres;

/**
 * Calls that were refused because too many waited already.
 *
 * @param now whether some were within the last seconds
 * @param total how many were so far
 */
public record Refused(boolean now, long total) {}
