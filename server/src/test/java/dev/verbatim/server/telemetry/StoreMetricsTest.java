package dev.verbatim.server.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.StoreLoad;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class StoreMetricsTest {
    @Test
    void whatWasRefusedIsCountedByWhatItWas() {
        AtomicReference<StoreLoad> load = new AtomicReference<>(refused(0, 0));
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new StoreMetrics(registry, load::get);
        assertThat(registry.scrape())
                .contains("verbatim_refused_total{what=\"reads\"} 0", "verbatim_refused_total{what=\"appends\"} 0");
        load.set(refused(4, 3));
        assertThat(registry.scrape())
                .contains("verbatim_refused_total{what=\"reads\"} 4", "verbatim_refused_total{what=\"appends\"} 3");
    }

    private static StoreLoad refused(long reads, long appends) {
        return new StoreLoad(0, 0, 0, 0, 0, 0, 0, 0, reads, appends);
    }
}
