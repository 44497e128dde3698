package dev.verbatim.bench.report;

import dev.verbatim.bench.load.Measured;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** What each of several loads showed in each round, in the order in which they came. For one thread. */
public final class Rounds {
    private final Map<String, List<Measured>> found = new LinkedHashMap<>();

    /** Adds a round of {@code name}. */
    public void add(String name, Measured measured) {
        found.computeIfAbsent(name, key -> new ArrayList<>()).add(measured);
    }

    /** All that were measured. */
    public Set<String> names() {
        return found.keySet();
    }

    /** The rounds of {@code name}; it was measured. */
    public List<Measured> of(String name) {
        List<Measured> rounds = found.get(name);
        if (rounds == null) {
            throw new IllegalStateException(name + " was not measured");
        }
        return rounds;
    }

    /** The median of a number over the rounds of {@code name}. */
    public double median(String name, ToDoubleFunction<Measured> number) {
        return Ratio.of(of(name), number).median();
    }

    /** A number of one by that of another. */
    public Ratio ratio(String ours, String theirs, ToDoubleFunction<Measured> number) {
        return Ratio.of(of(ours), of(theirs), number);
    }

    /** How many calls failed in all rounds of {@code name}. */
    public long failed(String name) {
        return of(name).stream().mapToLong(Measured::failed).sum();
    }
}
