package dev.verbatim;

import java.util.List;

/** The limits of one append. */
final class Appends {
    static final int MOST_MESSAGES = 1_000;

    private Appends() {}

    static void check(List<NewMessage> messages) {
        if (messages.isEmpty() || messages.size() > MOST_MESSAGES) {
            throw new InvalidInputException("messages", "messages must have 1 to " + MOST_MESSAGES + " entries");
        }
    }
}
