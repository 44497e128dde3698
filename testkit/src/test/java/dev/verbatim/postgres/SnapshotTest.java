package dev.verbatim.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnapshotTest {
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
