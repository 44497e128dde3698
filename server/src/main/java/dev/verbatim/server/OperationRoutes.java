package dev.verbatim.server;

import dev.verbatim.HistoryStore;
import dev.verbatim.StoreStatus;
import dev.verbatim.server.http.Access;
import dev.verbatim.server.http.JsonOut;
import dev.verbatim.server.http.RequestContext;
import dev.verbatim.server.http.Routes;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Predicate;

/** What those who run the service ask: is it alive, is it ready, how much does it do, what can it do. */
final class OperationRoutes {
    private static final Header PROMETHEUS =
            HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");

    private final HistoryStore store;
    private final PrometheusMeterRegistry registry;
    private final byte[] document = resource("openapi.json");

    private OperationRoutes(HistoryStore store, PrometheusMeterRegistry registry) {
        this.store = store;
        this.registry = registry;
        gauge("verbatim.postgres.up", "Whether PostgreSQL answers", StoreStatus::log);
        gauge("verbatim.redis.up", "Whether Redis answers", StoreStatus::cache);
        gauge("verbatim.cache.trusted", "Whether reads come from Redis", StoreStatus::trusted);
        Gauge.builder("verbatim.changes.behind", () -> store.check().behind().toNanos() / 1e9)
                .description("How long ago the last look at what other servers changed began")
                .baseUnit("seconds")
                .register(registry);
    }

    private void gauge(String name, String description, Predicate<StoreStatus> state) {
        Gauge.builder(name, () -> state.test(store.check()) ? 1 : 0)
                .description(description)
                .register(registry);
    }

    static void register(Routes routes, HistoryStore store, PrometheusMeterRegistry registry) {
        OperationRoutes handlers = new OperationRoutes(store, registry);
        routes.add("GET", "/openapi.json", Access.OPEN, request -> request.json(200, handlers.document))
                .add("GET", "/metrics", Access.OPEN, handlers::metrics)
                .add("GET", "/health/live", Access.OPEN, request -> request.json(200, status("ok")))
                .add("GET", "/health/ready", Access.OPEN, handlers::ready);
    }

    private void metrics(RequestContext request) {
        request.send(200, PROMETHEUS, registry.scrape().getBytes(StandardCharsets.UTF_8));
    }

    private void ready(RequestContext request) {
        StoreStatus status = store.check();
        String overall = status.log() ? (status.trusted() ? "ok" : "degraded") : "unavailable";
        JsonOut answer = new JsonOut()
                .member("status", overall)
                .member("postgres", status.log())
                .member("redis", status.cache())
                .member("cache_trusted", status.trusted())
                .member("changes_behind_ms", status.behind().toMillis())
                .member("refusing_reads", status.refusingReads())
                .member("refusing_appends", status.refusingAppends())
                .end();
        request.json(status.log() ? 200 : 503, answer.bytes());
    }

    private static byte[] status(String status) {
        return new JsonOut().member("status", status).end().bytes();
    }

    private static byte[] resource(String name) {
        try (InputStream in = Objects.requireNonNull(OperationRoutes.class.getResourceAsStream("/" + name), name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
