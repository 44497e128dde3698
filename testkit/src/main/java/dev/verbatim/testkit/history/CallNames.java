package dev.verbatim.testkit.history;

import java.util.List;
import java.util.Locale;

/** Names calls for people: what, whose, by whom, when. */
final class CallNames {
    private final long origin;

    /** Counts time from the first of these calls. */
    CallNames(List<Operation> operations) {
        this.origin = operations.stream()
                .mapToLong(operation -> operation.call().asked())
                .min()
                .orElse(0);
    }

    String of(Operation operation) {
        Call call = operation.call();
        return kind(operation) + " of " + call.key() + " by " + call.session() + " (" + time(call.asked()) + " to "
                + time(call.answered()) + ", " + result(operation) + ")";
    }

    /** Seconds since the first call. */
    private String time(long nanos) {
        return nanos == Call.NEVER ? "never" : String.format(Locale.ROOT, "%.6f s", (nanos - origin) / 1e9);
    }

    static String kind(Operation operation) {
        return switch (operation) {
            case Append append -> "append";
            case Create create -> "create";
            case Read read -> read.quiet() ? "quiet read" : "read";
            case Change change ->
                switch (change.what()) {
                    case Change.Delete delete -> "delete";
                    case Change.Truncate truncate -> "truncate";
                    case Change.Edit edit -> "edit";
                };
        };
    }

    private static String result(Operation operation) {
        if (!(operation.answer() instanceof Answer.Known known)) {
            return operation.answer().toString().toLowerCase(Locale.ROOT);
        }
        List<Line> lines = known.lines();
        String shown = lines.isEmpty() ? "" : ", " + lines.getFirst() + " .. " + lines.getLast();
        return "gen " + known.gen() + ", end " + known.lastSeq() + shown;
    }
}
