package dev.verbatim.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.testkit.history.Fault;
import dev.verbatim.testkit.history.FinalConversation;
import dev.verbatim.testkit.history.History;
import dev.verbatim.testkit.history.HistoryChecker;
import dev.verbatim.testkit.history.Line;
import dev.verbatim.testkit.history.Report;
import dev.verbatim.testkit.history.Staleness;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class OutcomeTest {
    private static final Slowness NEVER = new Slowness(0, 0, 0);
    private static final long SECOND = 1_000_000_000;

    @Test
    void aRunInWhichNothingBrokeIsClean() {
        Outcome outcome = new Outcome(5, good(), Map.of("kill-redis", 2, "disk-full", 1), NEVER, Map.of());
        assertThat(outcome.isClean()).isTrue();
        assertThat(outcome.toString().lines().toList().getLast())
                .contains("seed 5: ", "3 faults of 2 kinds", "no violations");
    }

    @Test
    void aKindThatNeverHappenedFailsTheRunAndIsNamed() {
        Outcome outcome = new Outcome(5, good(), Map.of("kill-redis", 2, "disk-full", 0), NEVER, Map.of());
        assertThat(outcome.isClean()).isFalse();
        assertThat(outcome.toString()).contains("NEVER HAPPENED: disk-full\n");
    }

    @Test
    void aBrokenPromiseFailsTheRun() {
        assertThat(new Outcome(5, bad(), Map.of(), NEVER, Map.of()).isClean()).isFalse();
    }

    @Test
    void anUnforeseenAnswerFailsTheRunAndIsShown() {
        Outcome outcome = new Outcome(5, good(), Map.of(), NEVER, Map.of("500 oops", 7L));
        assertThat(outcome.isClean()).isFalse();
        assertThat(outcome.toString()).contains("7 times: 500 oops");
    }

    @Test
    void aRunWithFewReadsOutsideOfFaultsShowsNothing() {
        assertThat(withReads(90, 10).isClean()).isTrue();
        assertThat(withReads(901, 99).isClean()).isFalse();
        assertThat(withReads(0, 0).isClean()).isFalse();
        assertThat(withReads(0, 1).isClean()).isTrue();
        assertThat(withReads(901, 99).toString())
                .contains("TOO FEW READS OUTSIDE OF FAULTS: less than 10 %\n", " 9 % of 1,000 reads outside of faults");
        assertThat(withReads(90, 10).toString())
                .contains("10 % of 100 reads outside of faults")
                .doesNotContain("TOO FEW");
    }

    @Test
    void whoIsToldThatItIsNotThereAnyMoreWasAnswered() {
        Report report = good();
        Report counted = new Report(
                report.violations(),
                report.examples(),
                report.inside(),
                report.outside(),
                report.marked(),
                Map.of("truncate", Map.of("ok", 5L, "refused", 3L, "failed", 2L, "unknown", 1L)),
                report.unavailability(),
                report.conversations(),
                report.seenQuiet());
        assertThat(new Outcome(5, counted, Map.of(), NEVER, Map.of()).unanswered())
                .isEqualTo(3);
    }

    private static Outcome withReads(long inside, long outside) {
        return new Outcome(5, withReads(report(List.of()), inside, outside), Map.of(), NEVER, Map.of());
    }

    private static Report withReads(Report report, long inside, long outside) {
        return new Report(
                report.violations(),
                report.examples(),
                reads(inside),
                reads(outside),
                report.marked(),
                report.calls(),
                report.unavailability(),
                report.conversations(),
                report.seenQuiet());
    }

    private static Staleness reads(long count) {
        return new Staleness(count, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Map.of());
    }

    @Test
    void slownessOutsideOfFaultsIsToldApart() {
        List<Fault> faults = List.of(new Fault("kill-redis", 10 * SECOND, 12 * SECOND));
        List<Fault> slow = List.of(
                new Fault("slow-redis", 11 * SECOND, 12 * SECOND),
                new Fault("slow-redis", 13 * SECOND, 14 * SECOND),
                new Fault("slow-redis", 20 * SECOND, 23 * SECOND));
        assertThat(Slowness.of(slow, faults)).isEqualTo(new Slowness(3, 1, 3_000));
    }

    private static Report good() {
        return withReads(report(List.of()), 50, 50);
    }

    /** Of a run in which nobody wrote the message that is there. */
    private static Report bad() {
        String json = "{\"id\":\"a\",\"seq\":2,\"created_at\":\"2026-01-02T03:04:05.000006Z\",\"role\":\"user\"}";
        Line line = Line.of(json.getBytes(StandardCharsets.UTF_8));
        return withReads(report(List.of(new FinalConversation("user-0", "talk", 1, List.of(line)))), 50, 50);
    }

    private static Report report(List<FinalConversation> finalLog) {
        return HistoryChecker.check(new History(List.of(), List.of(), finalLog));
    }
}
