package dev.verbatim.bench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.verbatim.bench.rival.Kind;
import dev.verbatim.bench.rival.Places;
import dev.verbatim.bench.rival.Said;
import dev.verbatim.bench.rival.VerbatimRival;
import dev.verbatim.testkit.RealServers;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class DayTest {
    @Test
    void sessionsHaveEightTurnsOnAverageAndThirtyAtMost() {
        Random random = new Random(1);
        double ratio = Day.ratioOfMean(8);
        int[] turns =
                IntStream.range(0, 100_000).map(i -> Day.turns(random, ratio)).toArray();

        assertThat(IntStream.of(turns).average().orElseThrow()).isCloseTo(8, within(0.1));
        assertThat(IntStream.of(turns).min()).hasValue(1);
        assertThat(IntStream.of(turns).max()).hasValue(30);
    }

    /** One session of each of many users: its first read is the only one that Redis cannot answer. */
    @Test
    void whatRanOutByTheClockIsNotHit() {
        Places places = new Places(RealServers.newDatabase(), RealServers.emptyRedis());
        try (VerbatimRival verbatim = (VerbatimRival) Kind.VERBATIM.open(places)) {
            verbatim.create("day-0", List.of(new Said("user", "first")));

            String[] once = new Day(verbatim, places.redisUrl()).run(1, 1).split(" ", -1);

            long reads = Long.parseLong(once[0]);
            assertThat(reads).isBetween(2L, 60L);
            // Redis may be too slow for a read on a busy machine: then it is no hit.
            assertThat(Long.parseLong(once[1])).isLessThan(reads);
        }
    }
}
