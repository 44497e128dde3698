package dev.verbatim.testkit.history;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Counts calls by kind and by what came of them. */
final class CallCounts {
    private CallCounts() {}

    static Map<String, Map<String, Long>> of(List<Operation> operations) {
        Map<String, Map<String, Long>> counts = new TreeMap<>();
        for (Operation operation : operations) {
            counts.computeIfAbsent(CallNames.kind(operation), kind -> new TreeMap<>())
                    .merge(result(operation), 1L, Long::sum);
        }
        return counts;
    }

    private static String result(Operation operation) {
        if (operation.answer() instanceof Answer.Other other && other != Answer.Other.DONE) {
            return other.name().toLowerCase(Locale.ROOT);
        }
        return operation instanceof Read read && read.marked() ? "maybe stale" : "ok";
    }
}
