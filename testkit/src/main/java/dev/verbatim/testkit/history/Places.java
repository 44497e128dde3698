package dev.verbatim.testkit.history;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What each generation of one conversation has at each seq: who says so first is right. */
final class Places {
    private final TreeMap<Long, Map<Long, Line>> generations = new TreeMap<>();

    /** What was there before, or null when the line is the first to be there. */
    @Nullable
    Line putIfAbsent(long gen, Line line) {
        return generations.computeIfAbsent(gen, g -> new HashMap<>()).putIfAbsent(line.seq(), line);
    }

    /** All that is known, by generation and seq. */
    Map<Long, Map<Long, Line>> all() {
        return generations;
    }

    Map<Long, Line> of(long gen) {
        return generations.getOrDefault(gen, Map.of());
    }
}
