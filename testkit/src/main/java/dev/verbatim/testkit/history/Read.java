package dev.verbatim.testkit.history;

/**
 * A slice read.
 *
 * @param slice which was asked for
 * @param answer {@link Answer.Known}, {@link Answer.Other#NOT_FOUND}, {@code FAILED} or {@code UNKNOWN}
 * @param marked whether the answer said that it may be stale
 * @param quiet read after everything came to rest: must show exactly what PostgreSQL has in the end
 */
public record Read(Call call, SliceAsked slice, Answer answer, boolean marked, boolean quiet) implements Operation {}
