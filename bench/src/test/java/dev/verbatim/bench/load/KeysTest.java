package dev.verbatim.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class KeysTest {
    @Test
    void byZipfsLawTheFirstComesTwiceAsOftenAsTheSecond() {
        Keys keys = new Keys("k", 3, 1);

        // Weights 1, 1/2 and 1/3: the shares end at 6/11, 9/11 and 1.
        assertThat(keys.indexAt(0)).isZero();
        assertThat(keys.indexAt(0.545)).isZero();
        assertThat(keys.indexAt(0.546)).isEqualTo(1);
        assertThat(keys.indexAt(0.818)).isEqualTo(1);
        assertThat(keys.indexAt(0.819)).isEqualTo(2);
        assertThat(keys.indexAt(1)).isEqualTo(2);
    }

    @Test
    void withoutSkewAllAreAlike() {
        Keys keys = new Keys("k", 4, 0);

        assertThat(keys.indexAt(0.24)).isZero();
        assertThat(keys.indexAt(0.26)).isEqualTo(1);
        assertThat(keys.indexAt(0.76)).isEqualTo(3);
        assertThat(keys.name(3)).isEqualTo("k-3");
    }
}
