package dev.verbatim.testkit.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** When something was broken or settling: faults that overlap, together with the time each takes to settle, are one. */
final class Faults {
    private final long[] from;
    private final long[] to;

    Faults(List<Fault> faults, Limits limits) {
        List<long[]> spans = new ArrayList<>();
        for (Fault fault :
                faults.stream().sorted(Comparator.comparingLong(Fault::from)).toList()) {
            long end = fault.to() + limits.settling();
            if (!spans.isEmpty() && fault.from() <= spans.getLast()[1]) {
                spans.getLast()[1] = Math.max(spans.getLast()[1], end);
            } else {
                spans.add(new long[] {fault.from(), end});
            }
        }
        from = spans.stream().mapToLong(span -> span[0]).toArray();
        to = spans.stream().mapToLong(span -> span[1]).toArray();
    }

    /** Whether a call overlaps a time in which something was broken or settling. */
    boolean touch(Call call) {
        int first = Sorted.first(to.length, i -> to[i] >= call.asked());
        return first < to.length && from[first] <= call.answered();
    }
}
