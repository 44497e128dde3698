package dev.verbatim.insight;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DistinctTest {
    private static final Percentage TWO = Percentage.withPercentage(2);

    /** The things from {@code first} on, each twice. */
    private static Distinct of(int first, int count) {
        Distinct distinct = new Distinct();
        IntStream.range(0, 2 * count).forEach(i -> distinct.add(hash(first + i % count)));
        return distinct;
    }

    private static long hash(int number) {
        Random random = new Random(number);
        return Distinct.hash(new UUID(random.nextLong(), random.nextLong()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 100, 2_000})
    void fewAreCountedExactly(int count) {
        assertThat(of(0, count).count()).isEqualTo(count);
    }

    @ParameterizedTest
    @ValueSource(ints = {2_049, 5_000, 20_000, 100_000, 500_000})
    void manyAreCountedWithinTwoPercent(int count) {
        assertThat((double) of(0, count).count()).isCloseTo(count, TWO);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 1_500, 3_000, 100_000})
    void storedAndPutTogetherEachIsCountedOnce(int count) {
        Distinct all = new Distinct();
        all.add(of(0, count).bytes());
        all.add(of(count / 2, count).bytes());
        all.add(of(0, 3).bytes());
        Distinct again = new Distinct();
        again.add(all.bytes());
        assertThat((double) again.count()).isCloseTo(count * 1.5, TWO);
    }
}
