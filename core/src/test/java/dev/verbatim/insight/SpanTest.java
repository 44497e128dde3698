package dev.verbatim.insight;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpanTest {
    private static Instant at(String time) {
        return Instant.parse(time + ":00:00Z");
    }

    private static Span span(Period period, String from, String to) {
        return new Span(period, at(from), at(to));
    }

    @Test
    void aTimeIsCoveredByTheLongestPeriodsThatLieInIt() {
        assertThat(Span.cover(at("2025-01-30T22"), at("2025-04-02T03")))
                .containsExactly(
                        span(Period.HOUR, "2025-01-30T22", "2025-01-31T00"),
                        span(Period.DAY, "2025-01-31T00", "2025-02-01T00"),
                        span(Period.MONTH, "2025-02-01T00", "2025-04-01T00"),
                        span(Period.DAY, "2025-04-01T00", "2025-04-02T00"),
                        span(Period.HOUR, "2025-04-02T00", "2025-04-02T03"));
    }

    @Test
    void whatIsWithinADayIsHoursAndNothingIsNothing() {
        assertThat(Span.cover(at("2025-01-30T22"), at("2025-01-31T02")))
                .containsExactly(span(Period.HOUR, "2025-01-30T22", "2025-01-31T02"));
        assertThat(Span.cover(at("2025-01-30T22"), at("2025-01-30T22"))).isEmpty();
    }

    @Test
    void allTimeIsMonths() {
        assertThat(Span.cover(null, null)).isEqualTo(List.of(new Span(Period.MONTH, Span.EARLIEST, Span.LATEST)));
    }
}
