package dev.verbatim.bench.rival;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The last messages in this process' memory: the speed of promising nothing. */
final class MapRival implements Rival {
    private final Map<String, Deque<Said>> conversations = new ConcurrentHashMap<>();

    private Deque<Said> of(String conversation) {
        return conversations.computeIfAbsent(conversation, id -> new ArrayDeque<>(WINDOW));
    }

    @Override
    public void create(String conversation, List<Said> messages) {
        messages.forEach(message -> append(conversation, message));
    }

    @Override
    public void append(String conversation, Said message) {
        Deque<Said> kept = of(conversation);
        synchronized (kept) {
            if (kept.size() == WINDOW) {
                kept.removeFirst();
            }
            kept.addLast(message);
        }
    }

    @Override
    public void appendTurn(String conversation, Said question, Said answer) {
        append(conversation, question);
        append(conversation, answer);
    }

    @Override
    public List<Said> read(String conversation) {
        Deque<Said> kept = of(conversation);
        synchronized (kept) {
            return List.copyOf(kept);
        }
    }

    @Override
    public void close() {}
}
