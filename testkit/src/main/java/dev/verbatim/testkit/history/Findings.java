package dev.verbatim.testkit.history;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** What was found to be wrong: all counted, the first ones of each kind kept. */
final class Findings {
    private static final int KEPT_OF_EACH = 30;

    private final CallNames names;
    private final Map<Broken, Long> counts = new EnumMap<>(Broken.class);
    private final List<Violation> kept = new ArrayList<>();
    private final Set<Operation> broken = Collections.newSetFromMap(new IdentityHashMap<>());

    Findings(CallNames names) {
        this.names = names;
    }

    void add(Broken kind, Supplier<String> text) {
        if (counts.merge(kind, 1L, Long::sum) <= KEPT_OF_EACH) {
            kept.add(new Violation(kind, text.get()));
        }
    }

    /** Something that is wrong with a call's answer. */
    void add(Broken kind, Operation operation, Supplier<String> text) {
        broken.add(operation);
        add(kind, () -> name(operation) + " " + text.get());
    }

    /** Whether something was found to be wrong with a call's answer. */
    boolean isBroken(Operation operation) {
        return broken.contains(operation);
    }

    String name(Operation operation) {
        return names.of(operation);
    }

    Map<Broken, Long> counts() {
        return counts;
    }

    List<Violation> kept() {
        return kept;
    }
}
