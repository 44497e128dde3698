package dev.verbatim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TimesTest {
    @Test
    void timesHaveSixDigitsAndAreCutNotRounded() {
        assertThat(Times.format(Instant.parse("2026-01-02T03:04:05.000006999Z")))
                .isEqualTo("2026-01-02T03:04:05.000006Z");
        assertThat(Times.format(Instant.parse("1969-12-31T23:59:59.999999999Z")))
                .isEqualTo("1969-12-31T23:59:59.999999Z");
        assertThat(Times.format(Instant.parse("0001-01-01T00:00:00Z"))).isEqualTo("0001-01-01T00:00:00.000000Z");
        assertThat(Times.format(Instant.parse("+10000-01-01T00:00:00Z"))).isEqualTo("+10000-01-01T00:00:00.000000Z");
    }

    @Test
    void whatIsWrittenIsReadAsTheSameTime() {
        SplittableRandom random = new SplittableRandom(1);
        long first = LocalDate.of(1, 1, 1).atStartOfDay().toEpochSecond(ZoneOffset.UTC);
        long end = LocalDate.of(10_000, 1, 1).atStartOfDay().toEpochSecond(ZoneOffset.UTC);
        for (int i = 0; i < 10_000; i++) {
            Instant time = Instant.ofEpochSecond(random.nextLong(first, end), 1_000L * random.nextInt(1_000_000));
            assertThat(Instant.parse(Times.format(time))).isEqualTo(time);
        }
    }
}
