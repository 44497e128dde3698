package dev.verbatim.testkit.history;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the longest {@link Unavailability}. */
final class LongestWait {
    private long longest = -1;
    private String session = "-";

    private LongestWait() {}

    static Unavailability of(List<Operation> operations) {
        Map<String, List<Operation>> sessions = new HashMap<>();
        for (Operation operation : operations) {
            sessions.computeIfAbsent(operation.call().session(), name -> new ArrayList<>())
                    .add(operation);
        }
        LongestWait wait = new LongestWait();
        sessions.forEach(wait::session);
        return new Unavailability(Duration.ofNanos(Math.max(0, wait.longest)), wait.session);
    }

    private void session(String name, List<Operation> calls) {
        calls.sort(Comparator.comparingLong(operation -> operation.call().asked()));
        long since = Long.MIN_VALUE;
        long last = Long.MIN_VALUE;
        for (Operation operation : calls) {
            since = since == Long.MIN_VALUE ? operation.call().asked() : since;
            long answered = operation.call().answered();
            last = answered == Call.NEVER ? operation.call().asked() : answered;
            if (isGood(operation.answer())) {
                waited(name, last - since);
                since = Long.MIN_VALUE;
            }
        }
        if (since != Long.MIN_VALUE) {
            waited(name, last - since);
        }
    }

    private static boolean isGood(Answer answer) {
        return answer != Answer.Other.FAILED && answer != Answer.Other.UNKNOWN;
    }

    private void waited(String name, long nanos) {
        if (nanos > longest) {
            longest = nanos;
            session = name;
        }
    }
}
