package dev.verbatim.testkit.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was known of a conversation, over time. */
final class Timeline {
    /** Only those that tell of something newer than all before. */
    private final List<Evidence> newest = new ArrayList<>();

    Timeline(List<Evidence> all) {
        List<Evidence> sorted = new ArrayList<>(all);
        sorted.sort(Comparator.comparingLong(Evidence::answered));
        for (Evidence evidence : sorted) {
            if (newest.isEmpty()
                    || evidence.isAbove(newest.getLast().gen(), newest.getLast().seq())) {
                newest.add(evidence);
            }
        }
    }

    /** Who first told of anything newer than {@code (gen, seq)}. */
    @Nullable
    Evidence firstAbove(long gen, long seq) {
        int first = Sorted.first(newest.size(), i -> newest.get(i).isAbove(gen, seq));
        return first < newest.size() ? newest.get(first) : null;
    }

    /** The newest generation known before {@code time}, or 0. */
    long genBefore(long time) {
        int after = Sorted.first(newest.size(), i -> newest.get(i).answered() >= time);
        return after == 0 ? 0 : newest.get(after - 1).gen();
    }
}
