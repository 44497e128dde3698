package dev.verbatim.server.chat;

import dev.verbatim.server.json.RawValue;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A model whose calls are spans, as OpenTelemetry's conventions for {@code gen_ai} have them; never with what is said. */
final class TracedModel implements ModelClient {
    private final ModelClient model;
    private final ModelConfig config;
    private final Tracer tracer;

    TracedModel(ModelClient model, ModelConfig config, Tracer tracer) {
        this.model = model;
        this.config = config;
        this.tracer = tracer;
    }

    @Override
    public ModelAnswer ask(ModelRequest request) {
        Span span = begin(request);
        try {
            ModelAnswer answer = model.ask(request);
            describe(span, answer);
            return answer;
        } catch (ModelException e) {
            fail(span, e);
            throw e;
        } finally {
            span.end();
        }
    }

    @Override
    public ModelStream stream(ModelRequest request) {
        Span span = begin(request);
        try {
            return new Traced(model.stream(request), span);
        } catch (ModelException e) {
            fail(span, e);
            span.end();
            throw e;
        }
    }

    private Span begin(ModelRequest request) {
        String name = request.model() == null ? config.model() : request.model();
        return tracer.spanBuilder("chat " + name)
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute("gen_ai.operation.name", "chat")
                .setAttribute("gen_ai.provider.name", "openai")
                .setAttribute("gen_ai.request.model", name)
                .setAttribute("server.address", config.baseUrl().getHost())
                .startSpan();
    }

    private static void fail(Span span, ModelException failure) {
        span.setStatus(StatusCode.ERROR).setAttribute("error.type", failure.code());
    }

    private static void describe(Span span, ModelAnswer answer) {
        span.setAttribute("gen_ai.response.model", answer.model());
        String usage = answer.usage();
        if (usage != null) {
            Map<String, RawValue> members =
                    RawValue.parse(usage.getBytes(StandardCharsets.UTF_8)).members();
            count(span, "gen_ai.usage.input_tokens", members.get("prompt_tokens"));
            count(span, "gen_ai.usage.output_tokens", members.get("completion_tokens"));
        }
    }

    private static void count(Span span, String name, @Nullable RawValue tokens) {
        if (tokens != null && tokens.number().isPresent()) {
            span.setAttribute(name, tokens.number().getAsLong());
        }
    }

    /** Its span ends when the stream is closed. */
    private static final class Traced implements ModelStream {
        private final ModelStream stream;
        private final Span span;

        Traced(ModelStream stream, Span span) {
            this.stream = stream;
            this.span = span;
        }

        @Override
        public @Nullable Delta next() {
            try {
                return stream.next();
            } catch (ModelException e) {
                fail(span, e);
                throw e;
            }
        }

        @Override
        public ModelAnswer soFar() {
            return stream.soFar();
        }

        /** Closed more than once when it breaks off; only the first end of a span counts. */
        @Override
        public void close() {
            if (span.isRecording()) {
                describe(span, stream.soFar());
                span.end();
            }
            stream.close();
        }
    }
}
