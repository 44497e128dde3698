package dev.verbatim.insight;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LatenciesTest {
    private static final Percentage ONE = Percentage.withPercentage(1);

    /** How the times of answers may lie. */
    enum Kind {
        EVEN,
        LONG_TAIL,
        TWO_HUMPS,
        WITH_ZEROS,
        HUGE;

        private double next(Random random) {
            return switch (this) {
                case EVEN -> 1 + random.nextDouble() * 5_000;
                case LONG_TAIL -> Math.exp(5 + 2 * random.nextGaussian());
                case TWO_HUMPS -> random.nextBoolean() ? 2 + random.nextDouble() : 9_000 + 100 * random.nextGaussian();
                case WITH_ZEROS -> random.nextInt(10) == 0 ? 0 : Math.ceil(random.nextDouble() * 20);
                case HUGE -> Integer.MAX_VALUE - random.nextInt(1_000);
            };
        }

        double[] values(int count) {
            Random random = new Random(count);
            double[] values = new double[count];
            Arrays.setAll(values, i -> next(random));
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
                assertThat(all.percentile(percent))
                        .as("p%d of %d", percent, count)
                        .isCloseTo(so, ONE);
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
