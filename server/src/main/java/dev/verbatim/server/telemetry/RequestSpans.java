package dev.verbatim.server.telemetry;

import dev.verbatim.server.http.RequestObserver;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A span a request, which goes on the caller's trace when it sends one ({@code traceparent}). Thread-safe. */
public final class RequestSpans implements RequestObserver {
    private static final int FIRST_SERVER_ERROR = 500;

    private static final TextMapGetter<Function<String, @Nullable String>> HEADERS = new TextMapGetter<>() {
        @Override
        public @Nullable String get(@Nullable Function<String, @Nullable String> headers, String name) {
            return headers == null ? null : headers.apply(name);
        }
    };

    private final Traces traces;

    /** Spans among {@code traces}. */
    public RequestSpans(Traces traces) {
        this.traces = traces;
    }

    @Override
    @SuppressWarnings("MustBeClosedChecker") // closed when the request ends
    public Following begin(String method, Function<String, @Nullable String> header) {
        Context parent = traces.propagator().extract(Context.root(), header, HEADERS);
        Span span = traces.tracer()
                .spanBuilder(method)
                .setParent(parent)
                .setSpanKind(SpanKind.SERVER)
                .setAttribute("http.request.method", method)
                .startSpan();
        Scope scope = span.makeCurrent();
        return (route, status) -> {
            scope.close();
            span.updateName(method + " " + route)
                    .setAttribute("http.route", route)
                    .setAttribute("http.response.status_code", (long) status);
            if (status >= FIRST_SERVER_ERROR) {
                span.setStatus(StatusCode.ERROR);
            }
            span.end();
        };
    }
}
