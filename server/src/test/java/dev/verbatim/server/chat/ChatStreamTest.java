package dev.verbatim.server.chat;

import static dev.verbatim.server.chat.FakeModelServer.chunkOf;
import static dev.verbatim.server.chat.FakeModelServer.completion;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.verbatim.Message;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ChatStreamTest extends ChatTest {
    ChatStreamTest() throws IOException {}

    /** Remembers what was told; hangs up after so many deltas. */
    private static final class Listener implements ChatEvents {
        private final List<String> told = new ArrayList<>();
        private final int patience;

        Listener(int patience) {
            this.patience = patience;
        }

        @Override
        public void begin(String conversationId, String messageId) {
            told.add(conversationId + " " + messageId);
        }

        @Override
        public void delta(Delta delta) {
            if (told.size() > patience) {
                throw new ClientGoneException(new IOException("gone"));
            }
            told.add(delta.text() + (delta.toolCalls() == null ? "" : delta.toolCalls()));
        }
    }

    @Test
    void streamsAndStoresTheSame() {
        server.streams(
                chunkOf("{\"role\":\"assistant\",\"content\":\"\"}"),
                chunkOf("{\"content\":\"He\"}"),
                chunkOf("{\"content\":\"llo\"}"),
                "{\"choices\":[],\"usage\":{\"total_tokens\":9}}");
        Listener listener = new Listener(100);
        ChatReply reply = chat.stream(ANN, request("c", user("u1", "hello")), listener);
        assertThat(listener.told).containsExactly("c " + reply.message().id(), "He", "llo");
        assertThat(reply.message()).isEqualTo(stored("c").get(1));
        assertThat(reply.message().json()).contains("\"content\":\"Hello\"", "\"tokens_used\":9");
        assertThat(reply.message().json()).doesNotContain("status");
    }

    @Test
    void aStreamedRepeatTellsTheStoredAnswer() {
        server.streams(
                chunkOf("{\"content\":\"He\"}"),
                chunkOf("{\"content\":\"llo\",\"tool_calls\":[{\"index\":0,\"id\":\"t\"}]}"));
        ChatRequest request = request("c", user("u1", "hello"));
        ChatReply first = chat.stream(ANN, request, new Listener(100));
        Listener listener = new Listener(100);
        ChatReply again = chat.stream(ANN, request, listener);
        assertThat(again.message()).isEqualTo(first.message());
        assertThat(listener.told).containsExactly("c " + first.message().id(), "Hello[{\"id\":\"t\"}]");
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void aFailureBeforeTheFirstEventTellsNothing() {
        server.streams("{\"error\":\"overloaded\"}");
        Listener listener = new Listener(100);
        ModelException failure = catchThrowableOfType(
                ModelException.class, () -> chat.stream(ANN, request("c", user("hello")), listener));
        assertThat(failure.status()).isEqualTo(502);
        assertThat(listener.told).isEmpty();
        assertThat(stored("c")).hasSize(1);
    }

    @Test
    void aStreamThatBreaksLeavesItsPartMarked() throws Exception {
        server.does(exchange -> {
            exchange.beginStream();
            exchange.text("half of ");
        });
        ChatRequest request = request("c", user("u1", "hello"));
        Listener listener = new Listener(100);
        assertThat(failureOfStream(request, listener).status()).isEqualTo(502);
        Message part = stored("c").get(1);
        assertThat(listener.told).containsExactly("c " + part.id(), "half of ");
        assertThat(part.json()).contains("\"content\":\"half of \"", "\"status\":\"incomplete\"", "\"latency_ms\":");

        assertThat(chat.answer(ANN, request).message()).isEqualTo(part);
        server.takeAsked();
        server.completes(completion(HI));
        chat.answer(ANN, request("c", user("go on")));
        assertThat(server.takeAsked().body())
                .contains(
                        "{\"role\":\"assistant\",\"content\":\"half of \"},{\"role\":\"user\",\"content\":\"go on\"}");
    }

    @Test
    void aStreamThatBreaksBeforeAnyTextLeavesNothing() {
        server.does(exchange -> {
            exchange.beginStream();
            exchange.event(chunkOf("{\"role\":\"assistant\",\"content\":\"\"}"));
        });
        ChatRequest request = request("c", user("u1", "hello"));
        assertThat(failureOfStream(request, new Listener(100)).status()).isEqualTo(502);
        assertThat(stored("c")).hasSize(1);
        server.completes(completion(HI));
        assertThat(chat.answer(ANN, request).message().json()).contains("\"hi\"");
    }

    @Test
    void aClientThatHangsUpEndsTheModelsWork() throws Exception {
        CountDownLatch hungUp = new CountDownLatch(1);
        server.does(exchange -> {
            exchange.beginStream();
            exchange.text("half of ");
            exchange.text("it all");
            exchange.awaitHangUp();
            hungUp.countDown();
        });
        assertThatThrownBy(() -> chat.stream(ANN, request("c", user("hello")), new Listener(1)))
                .isInstanceOf(ClientGoneException.class);
        assertThat(hungUp.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(stored("c").get(1).json()).contains("\"content\":\"half of ", "\"status\":\"incomplete\"");
    }

    private ModelException failureOfStream(ChatRequest request, Listener listener) {
        return catchThrowableOfType(ModelException.class, () -> chat.stream(ANN, request, listener));
    }
}
