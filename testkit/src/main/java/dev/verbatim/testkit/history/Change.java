package dev.verbatim.testkit.history;

/**
 * A change that is not an append, and so makes a new generation.
 *
 * @param answer {@link Answer.Other#DONE}, {@code NOT_FOUND}, {@code REFUSED}, {@code FAILED} or {@code UNKNOWN}
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

    /** The seq above which this takes messages away, if it is done; 0 when the conversation goes. */
    long removesAbove() {
        return switch (what) {
            case Delete all -> 0;
            case Truncate end -> end.afterSeq();
            case Edit content -> Long.MAX_VALUE;
        };
    }

    boolean mayHaveBeenMade() {
        return answer != Answer.Other.NOT_FOUND;
    }

    /** Until when it may have been made: a call without a good answer may still be under way. */
    long latest() {
        return answer == Answer.Other.DONE ? call.answered() : Call.NEVER;
    }
}
