package dev.verbatim.testkit.history;

import java.util.List;
import java.util.Map;

/**
 * What came of checking a history.
 *
 * @param violations how many of each kind; empty when every promise was kept
 * @param examples the first ones of each kind
 * @param inside how stale reads were that overlapped a fault or the time in which it settles
 * @param outside how stale all other reads were
 * @param marked how stale reads were whose answers said that they may be; these break no promise of freshness
 * @param calls how many calls there were, by kind and then by what came of them
 * @param unavailability the longest a client saw
 * @param conversations how many conversations were called about
 * @param seenQuiet how many of these were read after everything came to rest
 */
public record Report(
        Map<Broken, Long> violations,
        List<Violation> examples,
        Staleness inside,
        Staleness outside,
        Staleness marked,
        Map<String, Map<String, Long>> calls,
        Unavailability unavailability,
        long conversations,
        long seenQuiet) {
    /** How many calls were checked. */
    public long operations() {
        return calls.values().stream()
                .flatMap(byResult -> byResult.values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    /** Whether no promise was broken. */
    public boolean isClean() {
        return violations.isEmpty();
    }

    /** All of it, to be read by people. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append(operations())
                .append(" operations in ")
                .append(conversations)
                .append(" conversations, ");
        text.append(seenQuiet).append(" of them read after quiet\n");
        calls.forEach((kind, byResult) ->
                text.append("  ").append(kind).append(": ").append(byResult).append('\n'));
        text.append("staleness inside faults: ").append(inside).append('\n');
        text.append("staleness outside faults: ").append(outside).append('\n');
        text.append("staleness of answers marked as possibly stale: ")
                .append(marked)
                .append('\n');
        text.append("longest unavailability: ").append(unavailability.length().toMillis());
        text.append(" ms, of session ").append(unavailability.session()).append('\n');
        text.append("violations: ")
                .append(violations.isEmpty() ? "none" : violations)
                .append('\n');
        examples.forEach(example -> text.append("  ").append(example).append('\n'));
        return text.toString();
    }
}
