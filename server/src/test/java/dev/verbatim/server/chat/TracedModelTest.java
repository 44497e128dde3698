package dev.verbatim.server.chat;

import static dev.verbatim.server.chat.FakeModelServer.completion;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verbatim.InMemoryHistoryStore;
import dev.verbatim.server.OtlpCollector;
import dev.verbatim.server.telemetry.Traces;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a collector of traces is told of a model's calls. */
class TracedModelTest extends ChatTest {
    private static final ChatEvents NOBODY = new ChatEvents() {
        @Override
        public void begin(String conversationId, String messageId) {}

        @Override
        public void delta(Delta delta) {}
    };

    TracedModelTest() throws IOException {}

    private interface Use {
        void with(ChatService chat);
    }

    private String traced(Use use) {
        try (OtlpCollector collector = new OtlpCollector()) {
            try (Traces traces = Traces.of(Map.of(Traces.ENDPOINT, collector.url()))) {
                use.with(ChatService.of(new InMemoryHistoryStore(), server.config(), 20, traces.tracer()));
            }
            return collector.received();
        }
    }

    @Test
    void aCallNamesTheModelAndItsTokensAndNothingThatWasSaid() {
        server.completes(completion("{\"content\":\"the reply\"}"));
        assertThat(traced(traced -> traced.answer(ANN, request("c", user("my secret")))))
                .contains("chat test-model", "gen_ai.request.model", "test-model-1", "gen_ai.usage.output_tokens")
                .doesNotContain("my secret", "the reply", "sk-secret-key");
    }

    @Test
    void aStreamIsOneCall() {
        server.streams(FakeModelServer.chunkOf("{\"content\":\"a\"}"), FakeModelServer.chunkOf("{\"content\":\"b\"}"));
        assertThat(traced(traced -> traced.stream(ANN, request("c", user("x")), NOBODY)))
                .containsOnlyOnce("chat test-model")
                .contains("gen_ai.response.model");
    }

    @Test
    void aFailureIsToldAsOne() {
        server.does(exchange -> exchange.answer(500, "application/json", "{}"));
        assertThat(traced(traced -> assertThatThrownBy(() -> traced.answer(ANN, request("c", user("x"))))
                        .isInstanceOf(ModelException.class)))
                .contains("error.type", "model_failed");
    }
}
