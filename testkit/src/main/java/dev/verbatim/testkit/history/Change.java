package dev.verbatim.testkit.history;

/**
 * A change that is not an append, and so makes a new generation.
 *
 * @param answer {@link Answer.Other#DONE}, {@code NOT_FOUND}, {@code FAILED} or {@code UNKNOWN}
 */
public record Change(Call call, What what, Answer answer) implements Operation {
    /** What is changed. */
    public sealed interface What {}

    /** The conversation goes. */
    public record Delete() implements What {}

    /** The messages after {@code afterSeq} go. */
    public record Truncate(long afterSeq) implements What {}

    /** One message gets another content. */
    public record Edit(Written message) implements What {}

    /** Whether this takes message {@code seq} away, if it is done. */
    boolean removes(long seq) {
        return switch (what) {
            case Delete all -> true;
            case Truncate end -> seq > end.afterSeq();
            case Edit content -> false;
        };
    }
}
