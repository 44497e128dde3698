package dev.verbatim.faults.load;

import java.util.ArrayList;
import java.util.List;

/** A place for one conversation of a user at a time, so that many clients speak in the same one. Thread-safe. */
final class Slot {
    private static final int FULL = 400;

    private final String user;
    private final String prefix;
    private final List<String> names = new ArrayList<>();
    private int messages;

    Slot(String user, String prefix) {
        this.user = user;
        this.prefix = prefix;
        names.add(prefix + "-0");
    }

    String user() {
        return user;
    }

    synchronized String conversation() {
        return names.getLast();
    }

    /** Counts what was sent there; when it is enough, another conversation begins. */
    synchronized void sent(int more) {
        messages += more;
        if (messages > FULL) {
            next();
        }
    }

    /** Leaves a conversation, if it is still the current one. */
    synchronized void leave(String conversation) {
        if (conversation.equals(conversation())) {
            next();
        }
    }

    private void next() {
        messages = 0;
        names.add(prefix + "-" + names.size());
    }

    /** All conversations there ever were. */
    synchronized List<String> all() {
        return List.copyOf(names);
    }
}
