package dev.verbatim.postgres;

/**
 * What came of changing messages that are stored.
 *
 * @param answer the answer
 * @param gen the conversation's generation, a new one when something was changed
 * @param lastSeq its newest number
 */
public record Revised<T>(T answer, long gen, long lastSeq) {}
