package dev.verbatim.faults;

import dev.verbatim.testkit.history.Report;
import java.util.Map;

/**
 * What came of a run.
 *
 * @param happened how often each kind of fault happened
 * @param unforeseen answers that no service should give, and how often they came
 */
record Outcome(Report report, Map<String, Integer> happened, Map<String, Long> unforeseen) {
    boolean isClean() {
        return report.isClean() && unforeseen.isEmpty();
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
        text.append(faults).append(" faults: ").append(happened).append('\n').append(report);
        unforeseen.forEach((answer, times) -> text.append("UNFORESEEN, ")
                .append(times)
                .append(" times: ")
                .append(answer)
                .append('\n'));
        return text.toString();
    }
}
