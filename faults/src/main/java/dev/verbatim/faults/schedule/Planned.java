package dev.verbatim.faults.schedule;

import java.time.Duration;
import java.util.List;

/**
 * Faults that are to begin at the same time.
 *
 * @param gap how long all is whole before
 * @param seed all that they choose follows from this
 */
record Planned(Duration gap, List<Kind> kinds, List<Duration> lengths, long seed) {
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("after " + gap.toMillis() + " ms:");
        for (int i = 0; i < kinds.size(); i++) {
            text.append(' ')
                    .append(kinds.get(i).name())
                    .append(" for ")
                    .append(lengths.get(i).toMillis())
                    .append(" ms");
        }
        return text.toString();
    }
}
