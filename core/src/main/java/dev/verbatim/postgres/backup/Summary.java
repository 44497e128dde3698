package dev.verbatim.postgres.backup;

/**
 * What was brought into a file, or out of one.
 *
 * @param head what the file says of itself
 * @param tables how many tables
 * @param rows how many rows, in all of them
 */
public record Summary(Head head, int tables, long rows) {}
