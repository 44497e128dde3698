package dev.verbatim.server.telemetry;

import dev.verbatim.InvalidInputException;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Where traces go: nowhere, or to an OpenTelemetry collector. Thread-safe. */
public final class Traces implements AutoCloseable {
    /** What has to be set, or there are none. */
    public static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /** No traces. */
    public static final Traces NONE = new Traces(OpenTelemetry.noop(), null);

    /** How long the end of the service waits for what is still to be sent. */
    private static final long SECONDS_TO_FINISH = 3;

    /** Unless they are set otherwise. Numbers are Prometheus' and logs the log's. */
    private static final Map<String, String> DEFAULTS = Map.of(
            "otel.service.name", "verbatim",
            "otel.exporter.otlp.protocol", "http/protobuf",
            "otel.metrics.exporter", "none",
            "otel.logs.exporter", "none");

    private final OpenTelemetry telemetry;
    private final @Nullable OpenTelemetrySdk sdk;

    private Traces(OpenTelemetry telemetry, @Nullable OpenTelemetrySdk sdk) {
        this.telemetry = telemetry;
        this.sdk = sdk;
    }

    /**
     * Reads {@code OTEL_EXPORTER_OTLP_ENDPOINT} and the other variables that OpenTelemetry has for its SDKs; what goes out is
     * OTLP over HTTP, in the background.
     *
     * @param settings those that begin with {@code OTEL_}
     * @throws InvalidInputException when one is not as it must be
     */
    public static Traces of(Map<String, String> settings) {
        String endpoint = settings.getOrDefault(ENDPOINT, "");
        if (endpoint.isEmpty()) {
            return NONE;
        }
        check(endpoint);
        Map<String, String> properties = new HashMap<>(DEFAULTS);
        settings.forEach(
                (name, value) -> properties.put(name.toLowerCase(Locale.ROOT).replace('_', '.'), value));
        try {
            OpenTelemetrySdk sdk = AutoConfiguredOpenTelemetrySdk.builder()
                    .disableShutdownHook()
                    .addPropertiesSupplier(() -> properties)
                    .build()
                    .getOpenTelemetrySdk();
            return new Traces(sdk, sdk);
        } catch (ConfigurationException e) {
            throw new InvalidInputException("OTEL_", "the settings of OpenTelemetry are not right: " + e.getMessage());
        }
    }

    private static void check(String endpoint) {
        try {
            URI uri = new URI(endpoint);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            if ((scheme.equals("http") || scheme.equals("https")) && uri.getHost() != null) {
                return;
            }
        } catch (URISyntaxException e) {
            throw wrong();
        }
        throw wrong();
    }

    private static InvalidInputException wrong() {
        return new InvalidInputException(
                ENDPOINT, ENDPOINT + " must be an http or https URL, such as http://localhost:4318");
    }

    /** Whether there are any. */
    public boolean on() {
        return sdk != null;
    }

    /** What makes spans; they are of no consequence when there are no traces. */
    public Tracer tracer() {
        return telemetry.getTracer("dev.verbatim");
    }

    TextMapPropagator propagator() {
        return telemetry.getPropagators().getTextMapPropagator();
    }

    /** Sends what has not gone out yet; a collector that does not take it is not waited for. */
    @Override
    public void close() {
        if (sdk != null) {
            sdk.shutdown().join(SECONDS_TO_FINISH, TimeUnit.SECONDS);
        }
    }
}
