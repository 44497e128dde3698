package dev.verbatim.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a report says besides violations. */
final class ReportTest {
    private static final Answer FAILED = Answer.Other.FAILED;
    private static final Answer UNKNOWN = Answer.Other.UNKNOWN;

    @Test
    void callsAreCountedByKindAndResult() {
        Report report = new Story()
                .append("a", 0, 1, 5, 1, "x")
                .append("a", 2, 3, FAILED, "y")
                .append("a", 4, 5, UNKNOWN, "y")
                .read("a", 6, 7, 5, "x")
                .marked("a", 8, 9, 5, "x")
                .quiet(10, 5, "x")
                .end(5, "x")
                .report();
        assertThat(report.calls())
                .isEqualTo(Map.of(
                        "append", Map.of("ok", 1L, "failed", 1L, "unknown", 1L),
                        "read", Map.of("ok", 1L, "maybe stale", 1L),
                        "quiet read", Map.of("ok", 1L)));
        assertThat(report.operations()).isEqualTo(6);
        assertThat(report.conversations()).isEqualTo(1);
        assertThat(report.seenQuiet()).isEqualTo(1);
    }

    @Test
    void aConversationThatWasNotReadAfterQuietIsTold() {
        Report report = new Story()
                .append("a", 0, 1, 5, 1, "x")
                .quiet(10, FAILED)
                .end(5, "x")
                .report();
        assertThat(report.seenQuiet()).isZero();
    }

    @Test
    void unavailabilityIsFromTheFirstTryToTheNextGoodAnswer() {
        Report report = new Story()
                .append("a", 0, 1, 5, 1, "x")
                .append("a", 500, 510, FAILED, "y")
                .append("b", 505, 530, UNKNOWN, "z")
                .append("a", 520, 530, UNKNOWN, "y")
                .append("a", 540, 542, 5, 2, "y")
                .append("b", 544, 546, 5, 3, "z")
                .end(5, "x", "y", "z")
                .report();
        assertThat(report.unavailability()).isEqualTo(new Unavailability(Duration.ofMillis(42), "a"));
    }

    @Test
    void unavailabilityLastsToTheLastTryWhenNoneWasGood() {
        Report report = new Story()
                .append("a", 0, 1, 5, 1, "x")
                .append("a", 10, 20, FAILED, "y")
                .append("a", 30, 90, FAILED, "y")
                .end(5, "x")
                .report();
        assertThat(report.unavailability()).isEqualTo(new Unavailability(Duration.ofMillis(80), "a"));
    }

    @Test
    void percentilesAreOfTheNearestRank() {
        StaleTimes times = new StaleTimes();
        for (int i = 1; i <= 1_000; i++) {
            times.add(i <= 900 ? 0 : Duration.ofMillis(i).toNanos());
        }
        Staleness staleness = times.summary();
        assertThat(staleness.reads()).isEqualTo(1_000);
        assertThat(staleness.p50()).isZero();
        assertThat(staleness.p99()).isEqualTo(Duration.ofMillis(990));
        assertThat(staleness.p999()).isEqualTo(Duration.ofMillis(999));
        assertThat(staleness.max()).isEqualTo(Duration.ofSeconds(1));
        assertThat(staleness.buckets()).isEqualTo(Map.of(Duration.ZERO, 900L, Duration.ofSeconds(1), 100L));
    }

    @Test
    void bucketsHoldAllUpToTheLongest() {
        StaleTimes times = new StaleTimes();
        times.add(1);
        times.add(Duration.ofMillis(1).toNanos());
        times.add(Duration.ofMillis(1).toNanos() + 1);
        times.add(Duration.ofMinutes(2).toNanos());
        assertThat(times.summary().buckets())
                .isEqualTo(Map.of(Duration.ofMillis(1), 2L, Duration.ofMillis(2), 1L, Duration.ofMinutes(2), 1L));
    }

    @Test
    void nothingReadIsNotStale() {
        assertThat(new StaleTimes().summary().max()).isZero();
        assertThat(new Story().report().unavailability().length()).isZero();
    }

    @Test
    void allViolationsAreCountedAndSomeKept() {
        Story story = new Story().append("a", 0, 1, 5, 1, "x", "y").end(5, "x", "y");
        for (int i = 0; i < 5_000; i++) {
            story.read("b", 10 + i, 10 + i, 5, "x");
        }
        Report report = story.report();
        assertThat(report.violations()).isEqualTo(Map.of(Broken.MISSED_ACKNOWLEDGED, 5_000L));
        assertThat(report.examples()).hasSizeBetween(10, 100);
        assertThat(report.toString())
                .contains("violations: {MISSED_ACKNOWLEDGED=5000}")
                .contains(
                        "MISSED_ACKNOWLEDGED: read of u/c by b (0.010000 s to 0.010000 s, gen 5, end 1, x at 1 .. x at 1)"
                                + " is 9000 us behind: it misses append of u/c by a (0.000000 s to 0.001000 s, gen 5, end 2,");
    }
}
