package dev.verbatim;

import java.util.OptionalLong;

/** Where a conversation can be forked. */
public final class Forks {
    private Forks() {}

    /**
     * Refuses a place that is not there.
     *
     * @param atSeq the last message to take over
     * @param lastSeq the conversation's newest number
     * @throws InvalidInputException when it is not 0 to {@code lastSeq}
     */
    public static void checkPlace(OptionalLong atSeq, long lastSeq) {
        if (atSeq.isPresent() && (atSeq.getAsLong() < 0 || atSeq.getAsLong() > lastSeq)) {
            throw new InvalidInputException(
                    "at_seq", "at_seq must be 0 to " + lastSeq + ", the newest message's number");
        }
    }
}
