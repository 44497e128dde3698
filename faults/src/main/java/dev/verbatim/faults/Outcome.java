package dev.verbatim.faults;

import dev.verbatim.testkit.history.Report;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What came of a run.
 *
 * @param seed what its schedule follows from
 * @param happened how often each kind of fault happened
 * @param slowness of Redis by itself
 * @param unforeseen answers that no service should give, and how often they came
 */
record Outcome(
        long seed, Report report, Map<String, Integer> happened, Slowness slowness, Map<String, Long> unforeseen) {
    /** With a smaller share of the reads outside of faults, that none of these was stale says little. */
    private static final int FEWEST_OUTSIDE_PERCENT = 10;

    boolean isClean() {
        return report.isClean() && unforeseen.isEmpty() && missing().isEmpty() && !isTooBroken();
    }

    private long reads() {
        return report.inside().reads() + report.outside().reads();
    }

    private boolean isTooBroken() {
        return reads() == 0 || report.outside().reads() * 100 < reads() * FEWEST_OUTSIDE_PERCENT;
    }

    /** Kinds of fault that were planned and never came about: such a run does not show what it is to show. */
    private List<String> missing() {
        return happened.entrySet().stream()
                .filter(kind -> kind.getValue() == 0)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** How many calls failed, or nobody knows what came of them. */
    long unanswered() {
        return report.calls().values().stream()
                .mapToLong(results -> results.getOrDefault("failed", 0L) + results.getOrDefault("unknown", 0L))
                .sum();
    }

    @Override
    public String toString() {
        int faults = happened.values().stream().mapToInt(Integer::intValue).sum();
        StringBuilder text = new StringBuilder();
        text.append(faults)
                .append(" faults of ")
                .append(happened.size() - missing().size());
        text.append(" kinds: ").append(happened).append('\n');
        text.append(slowness).append('\n').append(report);
        unforeseen.forEach((answer, times) -> text.append("UNFORESEEN, ")
                .append(times)
                .append(" times: ")
                .append(answer)
                .append('\n'));
        missing().forEach(kind -> text.append("NEVER HAPPENED: ").append(kind).append('\n'));
        if (isTooBroken()) {
            text.append("TOO FEW READS OUTSIDE OF FAULTS: less than ")
                    .append(FEWEST_OUTSIDE_PERCENT)
                    .append(" %\n");
        }
        return text.append(summary()).append('\n').toString();
    }

    /** The run in one line. */
    private String summary() {
        int faults = happened.values().stream().mapToInt(Integer::intValue).sum();
        return String.format(
                Locale.ROOT,
                "seed %d: %,d operations checked, %d faults of %d kinds, %d %% of %,d reads outside of faults; %s",
                seed,
                report.operations(),
                faults,
                happened.size() - missing().size(),
                100 * report.outside().reads() / Math.max(1, reads()),
                reads(),
                isClean() ? "no violations" : "NOT CLEAN, violations: " + report.violations());
    }
}
