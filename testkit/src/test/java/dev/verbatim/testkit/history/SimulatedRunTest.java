package dev.verbatim.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A right history of many operations breaks nothing. */
final class SimulatedRunTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void isRight(long seed) {
        Report report = HistoryChecker.check(SimulatedRun.of(seed, 100_000, true));
        assertThat(report.examples()).isEmpty();
        assertThat(report.isClean()).isTrue();
        assertThat(report.operations()).isGreaterThanOrEqualTo(100_000);
        assertThat(report.seenQuiet()).isEqualTo(report.conversations());
        assertThat(report.outside().max()).isZero();
        assertThat(report.inside().max()).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
        assertThat(report.calls().keySet())
                .containsExactly("append", "create", "delete", "edit", "quiet read", "read", "truncate");
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5, 6, 7, 8, 9, 10, 11, 12, 13})
    void isRightInFewConversations(long seed) {
        assertThat(HistoryChecker.check(SimulatedRun.of(seed, 4_000, true)).examples())
                .isEmpty();
    }

    @Test
    void isTheSameOutOfAFile(@TempDir Path directory) throws Exception {
        History history = SimulatedRun.of(1, 20_000, true);
        Path file = directory.resolve("history");
        try (HistoryRecorder recorder = HistoryRecorder.create(file)) {
            history.operations().forEach(recorder::operation);
            history.faults().forEach(recorder::fault);
            recorder.finalLog(history.finalLog());
        }
        assertThat(History.read(List.of(file))).isEqualTo(history);
    }
}
