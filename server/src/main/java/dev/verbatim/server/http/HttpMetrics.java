package dev.verbatim.server.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** What is measured of requests. Thread-safe. */
public final class HttpMetrics {
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(30),
    };

    private final MeterRegistry registry;
    private final Timers unmatched;
    private volatile RequestObserver observer = RequestObserver.NONE;

    /** Meters in {@code registry}. */
    public HttpMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.unmatched = timers("other", "none");
    }

    /** Counts and times the requests of one route, by status. */
    final class Timers {
        private final String method;
        private final String route;
        private final Map<Integer, Timer> byStatus = new ConcurrentHashMap<>();

        private Timers(String method, String route) {
            this.method = method;
            this.route = route;
        }

        /** The route's template. */
        String route() {
            return route;
        }

        void record(int status, long nanos) {
            byStatus.computeIfAbsent(status, this::timer).record(nanos, TimeUnit.NANOSECONDS);
        }

        private Timer timer(int status) {
            return Timer.builder("http.server.requests")
                    .description("Requests by route, method and status")
                    .tag("method", method)
                    .tag("route", route)
                    .tag("status", Integer.toString(status))
                    .serviceLevelObjectives(BUCKETS)
                    .register(registry);
        }
    }

    /** Lets {@code given} see each request. */
    public void observeBy(RequestObserver given) {
        observer = given;
    }

    RequestObserver observer() {
        return observer;
    }

    Timers timers(String method, String route) {
        return new Timers(method, route);
    }

    /** For requests that no route takes. */
    Timers unmatched() {
        return unmatched;
    }

    /** A counter of reads that were answered from {@code source}. */
    public Counter reads(String source) {
        return Counter.builder("verbatim.reads")
                .description("Reads of messages by where the answer came from")
                .tag("source", source)
                .register(registry);
    }
}
