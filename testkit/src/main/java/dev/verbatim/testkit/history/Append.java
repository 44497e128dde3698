package dev.verbatim.testkit.history;

import java.util.List;

/**
 * Messages sent to a conversation's end, all or none.
 *
 * @param messages what was sent, with the ids the client brought: a repeat after a lost answer has the same ids
 * @param answer {@link Answer.Known}, {@link Answer.Other#NOT_FOUND}, {@code FAILED} or {@code UNKNOWN}
 */
public record Append(Call call, List<Written> messages, Answer answer) implements Operation {
    public Append {
        messages = List.copyOf(messages);
    }
}
