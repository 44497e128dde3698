package dev.verbatim.insight;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LatenciesTest {
    private static final Percentage ONE = Percentage.withPercentage(1);

    /** How the times of answers may lie. */
    enum Kind {
        EVEN(random -> 1 + random.nextDouble() * 5_000),
        LONG_TAIL(random -> Math.exp(5 + 2 * random.nextGaussian())),
        TWO_HUMPS(random -> random.nextBoolean() ? 2 + random.nextDouble() : 9_000 + 100 * random.nextGaussian()),
        WITH_ZEROS(random -> random.nextInt(10) == 0 ? 0 : Math.ceil(random.nextDouble() * 20)),
        HUGE(random -> Integer.MAX_VALUE - random.nextInt(1_000));

        private final ToDoubleFunction<Random> next;

        Kind(ToDoubleFunction<Random> next) {
            this.next = next;
        }

        double[] values(int count) {
            Random random = new Random(count);
            double[] values = new double[count];
            Arrays.setAll(values, i -> next.applyAsDouble(random));
            return values;
        }
    }

    @ParameterizedTest
    @EnumSource
    void percentilesOfPartsPutTogetherAreThoseOfAll(Kind kind) {
        for (int count : new int[] {1, 2, 99, 100, 101, 20_000}) {
            double[] values = kind.values(count);
            Latencies all = new Latencies();
            for (int part = 0; part < 3; part++) {
                all.add(part(values, part).bytes());
            }
            Arrays.sort(values);
            assertThat(all.count()).isEqualTo(count);
            for (int percent : new int[] {1, 50, 95, 99, 100}) {
                double so = values[Math.ceilDiv(count * percent, 100) - 1];
                assertThat(all.percentile(percent)).as("p%d of %d", percent, count).isCloseTo(so, ONE);
            }
        }
    }

    private static Latencies part(double[] values, int part) {
        Latencies some = new Latencies();
        for (int i = part; i < values.length; i += 3) {
            some.add(values[i]);
        }
        return some;
    }

    @Test
    void ofNothingItIsNothing() {
        assertThat(new Latencies().percentile(95)).isZero();
    }
}
