package dev.verbatim.testkit.history;

/**
 * A conversation made, or found made already.
 *
 * @param answer {@link Answer.Known} without lines, {@link Answer.Other#FAILED} or {@code UNKNOWN}
 */
public record Create(Call call, Answer answer) implements Operation {}
