package dev.verbatim.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class PrimariesTest {
    private static final DatabaseUrl URL = DatabaseUrl.parse("postgresql://me@a:1,b:2/primaries?connectTimeout=3");

    @Test
    void theOneOfTheOlderTimelineIsRefused() throws SQLException {
        Primaries primaries = Primaries.of(URL);
        assertThat(primaries.isUnknown()).isTrue();
        primaries.check("71/00000009");
        primaries.check("71/0000000A");
        assertThatThrownBy(() -> Primaries.of(URL).check("71/00000009"))
                .isInstanceOf(SQLException.class)
                .hasMessageContainingAll("replaced by a promotion", "timeline 9", "10 was seen");
        primaries.check("71/0000000A");
        primaries.check("72/00000001");
        assertThat(primaries.isUnknown()).isFalse();
    }

    @Test
    void eachHostIsAskedAlone() {
        assertThat(URL.each())
                .containsExactly(
                        "jdbc:postgresql://a:1/primaries?connectTimeout=3",
                        "jdbc:postgresql://b:2/primaries?connectTimeout=3");
    }
}
