package dev.verbatim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class UuidsTest {
    /** Appendix A.4 of RFC 9562. */
    @Test
    void namesGetTheUuidsOfTheStandard() {
        UUID dns = UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8");
        assertThat(Uuids.nameBased(dns, "www.example.com"))
                .hasToString("2ed6657d-e927-568b-95e1-2665a8aea6a2")
                .extracting(UUID::version, UUID::variant)
                .containsExactly(5, 2);
    }
}
