package dev.verbatim.server.telemetry;

import dev.verbatim.StoreListener;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import java.time.Instant;
import java.util.Locale;

/**
 * A span a call to PostgreSQL or Redis, within that of the request it was made for; a batch of appends is many requests' and has
 * one of its own. What else listens to the store is told too. Thread-safe.
 */
public final class StoreSpans implements StoreListener {
    private final Traces traces;
    private final StoreListener also;

    /** Spans among {@code traces}. */
    public StoreSpans(Traces traces, StoreListener also) {
        this.traces = traces;
        this.also = also;
    }

    @Override
    public void called(Call call, long began, boolean failed) {
        also.called(call, began, failed);
        if (Span.current().getSpanContext().isValid()) {
            boolean postgres = call == Call.POSTGRES_READ;
            SpanBuilder span = span(call.name().toLowerCase(Locale.ROOT), postgres ? "postgresql" : "redis", began);
            end(span.setAttribute("db.operation.name", operation(call)), failed);
        }
    }

    @Override
    public void batch(int appends, int messages, long began, boolean failed) {
        also.batch(appends, messages, began, failed);
        end(
                span("postgres_batch", "postgresql", began)
                        .setNoParent()
                        .setAttribute("db.operation.name", "INSERT")
                        .setAttribute("db.operation.batch.size", (long) messages)
                        .setAttribute("verbatim.appends", (long) appends),
                failed);
    }

    @Override
    public void filled(boolean stored) {
        also.filled(stored);
    }

    @Override
    public void applied(int changes, int unconfirmed) {
        also.applied(changes, unconfirmed);
    }

    private static String operation(Call call) {
        return switch (call) {
            case REDIS_READ -> "GET";
            case REDIS_LEASE, REDIS_FILL, REDIS_APPLY -> "EVALSHA";
            case POSTGRES_READ -> "SELECT";
        };
    }

    private SpanBuilder span(String name, String system, long began) {
        return traces.tracer()
                .spanBuilder(name)
                .setSpanKind(SpanKind.CLIENT)
                .setStartTimestamp(Instant.now().minusNanos(System.nanoTime() - began))
                .setAttribute("db.system.name", system);
    }

    private static void end(SpanBuilder builder, boolean failed) {
        Span span = builder.startSpan();
        if (failed) {
            span.setStatus(StatusCode.ERROR);
        }
        span.end();
    }
}
