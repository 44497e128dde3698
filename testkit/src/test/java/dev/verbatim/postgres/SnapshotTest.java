package dev.verbatim.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnapshotTest {
    @Test
    void whetherATransactionIsSeenIsToldByTheLowerHalfOfItsNumber() {
        long base = 5L << 32;
        Snapshot snapshot = Snapshot.of((base + 7) + ":" + (base + 10) + ":" + (base + 7));
        assertThat(snapshot.sees(6)).isTrue();
        assertThat(snapshot.sees(7)).isFalse();
        assertThat(snapshot.sees(9)).isTrue();
        assertThat(snapshot.sees(10)).isFalse();
        assertThat(snapshot.sees(0xFFFF_FFFFL))
                .as("the last one before the lower half began anew")
                .isTrue();
        assertThat(Snapshot.of((base - 2) + ":" + (base - 2) + ":").sees(3)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10:10:      | 10:10:      | true",
                "10:12:      | 10:10:      | true",
                "10:10:      | 10:12:      | false",
                "10:20:10    | 10:20:10    | true",
                "10:20:10    | 20:20:      | false",
                "10:30:10,15 | 10:20:10,15 | true",
                "10:30:10,25 | 10:20:10    | true",
                "10:30:10,15 | 10:20:10    | false",
                "20:20:      | 10:20:10    | true"
            })
    void oneCoversAnotherWhenItSeesAllOfIt(String one, String other, boolean covers) {
        assertThat(Snapshot.of(one).covers(Snapshot.of(other))).isEqualTo(covers);
    }
}
