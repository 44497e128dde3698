package dev.verbatim.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OrphansTest {
    @Test
    void whatIsStoppedIsCountedAndSaidWhose() {
        assertThat(Orphans.line(1, "a PostgreSQL that ended"))
                .isEqualTo("Stopping a process left by a PostgreSQL that ended");
        assertThat(Orphans.line(2, "a Verbatim that was killed"))
                .isEqualTo("Stopping 2 processes left by a Verbatim that was killed");
    }
}
