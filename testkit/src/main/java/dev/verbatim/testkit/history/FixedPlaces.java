package dev.verbatim.testkit.history;

import org.jspecify.annotations.Nullable;

/**
 * What was acknowledged or read at a generation's seq is what PostgreSQL has there, if it still is of that generation, and
 * what everybody else was told of that generation. What PostgreSQL does not have at all is left to {@link NothingLost} and
 * {@link NothingVanished}.
 */
final class FixedPlaces implements Invariant {
    @Override
    public void check(ConversationHistory conversation, Findings findings) {
        conversation.endLines().forEach(line -> conversation.places.putIfAbsent(conversation.endGen(), line));
        // Acknowledgements before reads: what they say weighs more.
        conversation.appends.forEach(append -> check(conversation, append, findings));
        for (Operation operation : conversation.operations) {
            if (operation instanceof Read) {
                check(conversation, operation, findings);
            }
        }
    }

    private static void check(ConversationHistory conversation, Operation operation, Findings findings) {
        if (operation.answer() instanceof Answer.Known known && !findings.isBroken(operation)) {
            for (Line line : known.lines()) {
                Line other = other(conversation, operation, known.gen(), line);
                if (other != null) {
                    findings.add(
                            Broken.CHANGED,
                            operation,
                            () -> "shows " + line + " with hash " + Long.toHexString(line.hash()) + ", but there is "
                                    + other + " with hash " + Long.toHexString(other.hash()));
                    return;
                }
            }
        }
    }

    /** What contradicts a line. */
    private static @Nullable Line other(ConversationHistory conversation, Operation operation, long gen, Line line) {
        Line there = conversation.places.of(gen).get(line.seq());
        if (line.equals(there)) {
            return null;
        }
        if (gen == conversation.endGen()) {
            Line end = conversation.inEnd(line.id());
            if (end != null) {
                return end;
            }
            if (operation instanceof Append) {
                there = null;
            }
        }
        if (there == null) {
            conversation.places.putIfAbsent(gen, line);
        }
        return there;
    }
}
