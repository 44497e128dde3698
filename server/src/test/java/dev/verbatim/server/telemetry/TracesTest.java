package dev.verbatim.server.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verbatim.InvalidInputException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TracesTest {
    @Test
    void withoutACollectorNothingIsTraced() {
        assertThat(Traces.of(Map.of("OTEL_SERVICE_NAME", "x")).on()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:4318", "ftp://localhost", "http://", "not a url"})
    void aCollectorIsNamedByItsUrl(String endpoint) {
        assertThatThrownBy(() -> Traces.of(Map.of(Traces.ENDPOINT, endpoint)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(Traces.ENDPOINT)
                .hasMessageContaining("such as http://localhost:4318");
    }

    @Test
    void whatOpenTelemetryDoesNotTakeIsSaid() {
        Map<String, String> settings =
                Map.of(Traces.ENDPOINT, "http://localhost:4318", "OTEL_EXPORTER_OTLP_PROTOCOL", "pigeon");
        assertThatThrownBy(() -> Traces.of(settings))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("pigeon");
    }
}
