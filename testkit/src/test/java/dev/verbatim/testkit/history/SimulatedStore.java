package dev.verbatim.testkit.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A right store in the plainest way, one call at a time, that remembers what it was at any time before. */
final class SimulatedStore {
    /** A conversation from some time on. */
    record State(long time, long gen, List<Line> lines) {}

    private final Random random;
    private final Map<Key, List<@Nullable State>> states = new HashMap<>();
    private final Map<Key, List<Long>> times = new HashMap<>();
    private long generations;

    SimulatedStore(Random random) {
        this.random = random;
    }

    @Nullable
    State at(Key key, long time) {
        List<Long> since = times.getOrDefault(key, List.of());
        int after = Sorted.first(since.size(), i -> since.get(i) > time);
        return after == 0 ? null : states.getOrDefault(key, List.of()).get(after - 1);
    }

    private void put(Key key, long time, long gen, List<Line> lines) {
        put(key, time, new State(time, gen, lines));
    }

    private void put(Key key, long time, @Nullable State state) {
        states.computeIfAbsent(key, k -> new ArrayList<>()).add(state);
        times.computeIfAbsent(key, k -> new ArrayList<>()).add(time);
    }

    Answer append(Key key, long time, List<Written> messages) {
        State state = at(key, time);
        if (state == null) {
            return Answer.Other.NOT_FOUND;
        }
        List<Line> lines = new ArrayList<>(state.lines());
        List<Line> stored = new ArrayList<>();
        for (Written message : messages) {
            Line line = lines.stream()
                    .filter(there -> there.id().equals(message.id()))
                    .findFirst()
                    .orElseGet(() -> line(message, lines.size() + 1L));
            if (line.seq() > lines.size()) {
                lines.add(line);
            }
            stored.add(line);
        }
        put(key, time, state.gen(), lines);
        return new Answer.Known(state.gen(), lines.size(), stored);
    }

    private Line line(Written message, long seq) {
        return new Line(message.id(), seq, random.nextLong(), message.content());
    }

    Answer create(Key key, long time) {
        State state = at(key, time);
        if (state == null) {
            put(key, time, ++generations, List.of());
            return new Answer.Known(generations, 0, List.of());
        }
        return new Answer.Known(state.gen(), state.lines().size(), List.of());
    }

    Answer change(Key key, long time, Change.What what) {
        State state = at(key, time);
        if (state == null) {
            return Answer.Other.NOT_FOUND;
        }
        switch (what) {
            case Change.Delete all -> put(key, time, null);
            case Change.Truncate end -> {
                int keep = (int) Math.min(end.afterSeq(), state.lines().size());
                put(key, time, ++generations, List.copyOf(state.lines().subList(0, keep)));
            }
            case Change.Edit edit -> {
                List<Line> lines = new ArrayList<>(state.lines());
                lines.replaceAll(
                        line -> line.id().equals(edit.message().id()) ? line(edit.message(), line.seq()) : line);
                put(key, time, ++generations, lines);
            }
        }
        return Answer.Other.DONE;
    }

    Answer read(Key key, long time, SliceAsked slice) {
        State state = at(key, time);
        if (state == null) {
            return Answer.Other.NOT_FOUND;
        }
        int end = state.lines().size();
        long first = slice.first(end);
        long last = slice.last(end);
        List<Line> shown = first > last ? List.of() : state.lines().subList((int) first - 1, (int) last);
        return new Answer.Known(state.gen(), end, shown);
    }

    List<FinalConversation> finalLog() {
        List<FinalConversation> log = new ArrayList<>();
        states.forEach((key, all) -> {
            State last = all.getLast();
            if (last != null) {
                log.add(new FinalConversation(key.user(), key.conversation(), last.gen(), last.lines()));
            }
        });
        return log;
    }
}
