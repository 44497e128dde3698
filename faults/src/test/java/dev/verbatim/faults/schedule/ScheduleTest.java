package dev.verbatim.faults.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ScheduleTest {
    private static final Duration LONGEST = Duration.ofSeconds(10);

    @Test
    void theSameSeedGivesTheSameSchedule() {
        assertThat(Schedule.ofAll(7, 300, LONGEST))
                .hasToString(Schedule.ofAll(7, 300, LONGEST).toString());
        assertThat(Schedule.ofAll(7, 300, LONGEST).planned().getFirst().seed())
                .isEqualTo(Schedule.ofAll(7, 300, LONGEST).planned().getFirst().seed());
        assertThat(Schedule.ofAll(8, 300, LONGEST).toString())
                .isNotEqualTo(Schedule.ofAll(7, 300, LONGEST).toString());
    }

    @Test
    void everyKindComes() {
        Map<String, Integer> counts = new HashMap<>();
        Schedule.ofAll(7, Schedule.kinds(), LONGEST)
                .planned()
                .forEach(planned -> planned.kinds().forEach(kind -> counts.merge(kind.name(), 1, Integer::sum)));
        assertThat(counts).hasSize(Schedule.kinds());
    }

    @Test
    void twoAtOnceBreakTwoParts() {
        List<Planned> pairs = Schedule.ofAll(7, 1_000, LONGEST).planned().stream()
                .filter(planned -> planned.kinds().size() > 1)
                .toList();
        assertThat(pairs)
                .isNotEmpty()
                .allSatisfy(pair -> assertThat(pair.kinds().get(0).part())
                        .isNotEqualTo(pair.kinds().get(1).part()));
    }

    @Test
    void nothingLastsLongerThanAllowed() {
        assertThat(Schedule.ofAll(7, 300, Duration.ofSeconds(2)).planned())
                .allSatisfy(planned -> assertThat(planned.lengths())
                        .allSatisfy(
                                length -> assertThat(length).isBetween(Duration.ofMillis(100), Duration.ofSeconds(2))));
    }

    @Test
    void aCalmerOneHasTheSameFaultsFurtherApart() {
        List<Planned> planned = Schedule.ofAll(7, 300, LONGEST).planned();
        List<Planned> calmer =
                Schedule.ofAll(7, 300, LONGEST).calmer(Duration.ofSeconds(4)).planned();
        assertThat(calmer).hasSameSizeAs(planned);
        for (int i = 0; i < planned.size(); i++) {
            assertThat(calmer.get(i).gap()).isEqualTo(planned.get(i).gap().plusSeconds(4));
            assertThat(calmer.get(i).kinds().getFirst().name())
                    .isEqualTo(planned.get(i).kinds().getFirst().name());
            assertThat(calmer.get(i).seed()).isEqualTo(planned.get(i).seed());
        }
    }

    @Test
    void schedulesFollowEachOther() {
        Schedule one = Schedule.ofNamed(1, 2, LONGEST, List.of("kill-redis"));
        Schedule other = Schedule.ofNamed(2, 1, LONGEST, List.of("kill-service"));
        assertThat(Schedule.NOTHING.then(one).then(other)).hasToString(one.toString() + other);
    }
}
