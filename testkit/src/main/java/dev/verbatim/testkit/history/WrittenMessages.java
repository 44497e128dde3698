package dev.verbatim.testkit.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Every message that a user ever sent to one conversation, whatever came of it: nothing else can be in there. */
final class WrittenMessages {
    private static final class Message {
        private final List<Long> contents = new ArrayList<>(1);
        private long firstAsked = Long.MAX_VALUE;
        private int attempts;
    }

    private final Map<String, Message> byId = new HashMap<>();

    void add(Written written, Call call) {
        Message message = byId.computeIfAbsent(written.id(), id -> new Message());
        message.attempts++;
        message.firstAsked = Math.min(message.firstAsked, call.asked());
        if (!message.contents.contains(written.content())) {
            message.contents.add(written.content());
        }
    }

    boolean has(Line line) {
        Message message = byId.get(line.id());
        return message != null && message.contents.contains(line.content());
    }

    /** When a message was first sent; never, if it was not. */
    long firstAsked(String id) {
        Message message = byId.get(id);
        return message == null ? Long.MAX_VALUE : message.firstAsked;
    }

    /** Whether a message was sent more than once. */
    boolean isRepeated(String id) {
        Message message = byId.get(id);
        return message != null && message.attempts > 1;
    }
}
