package dev.verbatim.interleaving;

import dev.verbatim.interleaving.Protocol.Flaw;
import dev.verbatim.redis.ScriptBench;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Goes through every state that a scenario can come to, the nearest first, until a promise is broken. */
final class Search {
    /**
     * What was found.
     *
     * @param servable how many of the states had an entry that may be served
     * @param executions how often Redis was asked to run a script
     * @param broken the promise that was broken; null when none was
     * @param trace the steps to there, none of which can be spared
     */
    record Found(
            String scenario,
            int states,
            long transitions,
            long servable,
            int executions,
            @Nullable String broken,
            List<String> trace) {
        String numbers() {
            return String.format(
                    Locale.ROOT,
                    "%s: %,d states, %,d transitions, servable in %,d, %,d script runs",
                    scenario,
                    states,
                    transitions,
                    servable,
                    executions);
        }
    }

    private record Broken(String how, int at) {}

    private final Protocol protocol;
    private final Scenario scenario;
    private final String kind;
    private final Scripts scripts;
    private final Promise promise;
    private final Symmetry symmetry;
    private final List<Steps> steps;

    private final Set<State> known = new HashSet<>();
    private final Map<Log, Log> logs = new HashMap<>();
    private final Map<List<Reader>, List<Reader>> readers = new HashMap<>();

    /** The states in the order in which they were found, and for each the place of the one it was found from. */
    private final List<State> order = new ArrayList<>();

    private final List<Integer> parents = new ArrayList<>();
    private long transitions;
    private long servable;
    private @Nullable Broken broken;

    private Search(Protocol protocol, Scenario scenario, String kind, ScriptBench bench) {
        this.protocol = protocol;
        this.scenario = scenario;
        this.kind = kind;
        scripts = new Scripts(bench);
        promise = new Promise(protocol, scripts);
        symmetry = new Symmetry(scripts);
        steps = List.of(
                new WriterSteps(protocol, scripts),
                new ReaderSteps(protocol, scripts),
                new FaultSteps(protocol, scripts));
    }

    /** Searches until any promise is broken. */
    static Found run(Protocol protocol, Scenario scenario) {
        return run(protocol, scenario, "");
    }

    /** Searches until a promise is broken in the way that begins with {@code kind}. */
    static Found run(Protocol protocol, Scenario scenario, String kind) {
        try (ScriptBench bench = new ScriptBench(protocol.scripts())) {
            return new Search(protocol, scenario, kind, bench).run();
        }
    }

    private Found run() {
        arrive(scenario.begin(), -1);
        for (int at = 0; at < order.size() && broken == null; at++) {
            int parent = at;
            each(order.get(at), (what, next) -> {
                transitions++;
                arrive(next, parent);
            });
        }
        Broken found = broken;
        return new Found(
                scenario.toString(),
                order.size(),
                transitions,
                servable,
                scripts.executions(),
                found == null ? null : found.how(),
                found == null ? List.of() : trace(found.at()));
    }

    private void each(State state, Steps.Sink sink) {
        for (Steps some : steps) {
            some.from(state, sink);
        }
    }

    private void arrive(State next, int parent) {
        State state = settled(next);
        if (broken != null || known.contains(state)) {
            return;
        }
        State kept = shared(state);
        known.add(kept);
        order.add(kept);
        parents.add(parent);
        servable += promise.isServable(kept) ? 1 : 0;
        String how = promise.broken(kept);
        if (how != null && how.startsWith(kind)) {
            broken = new Broken(how, order.size() - 1);
        }
    }

    /** The state that stands for all that are as {@code next}, once somebody was served what may be served in it. */
    private State settled(State next) {
        State served = promise.served(next);
        return protocol.has(Flaw.ONE_TOKEN) ? served : symmetry.one(served);
    }

    /** The same state, made of the same objects as others where it is equal to them, to save memory. */
    private State shared(State state) {
        return state.withLog(logs.computeIfAbsent(state.log(), log -> log))
                .withReaders(readers.computeIfAbsent(state.readers(), all -> all));
    }

    private List<String> trace(int last) {
        List<String> lines = new ArrayList<>();
        for (int at = last; at > 0; at = parents.get(at)) {
            lines.add(what(order.get(parents.get(at)), order.get(at)) + " -> " + order.get(at));
        }
        return lines.reversed();
    }

    private String what(State from, State to) {
        List<String> found = new ArrayList<>();
        each(from, (what, next) -> {
            if (settled(next).equals(to)) {
                found.add(what);
            }
        });
        return found.getFirst();
    }
}
