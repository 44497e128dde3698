package dev.verbatim.server.chat;

import static dev.verbatim.server.chat.FakeModelServer.completion;
import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.HistoryConfig;
import dev.verbatim.HistoryStore;
import dev.verbatim.HybridHistoryStore;
import dev.verbatim.Message;
import dev.verbatim.Owner;
import dev.verbatim.Slice;
import dev.verbatim.Window;
import dev.verbatim.testkit.RealServers;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Chat on real PostgreSQL and Redis, as two servers share them. */
class ChatOnRealStoreTest {
    private static final Owner ANN = Owner.named("ann");

    private final FakeModelServer model = new FakeModelServer();
    private final HistoryConfig config = HistoryConfig.of(RealServers.newDatabase(), RealServers.emptyRedis());
    private final HistoryStore hereStore = HybridHistoryStore.open(config);
    private final HistoryStore thereStore = HybridHistoryStore.open(config);
    private final ChatService here = new ChatService(hereStore, new OpenAiClient(model.config()), 20);
    private final ChatService there = new ChatService(thereStore, new OpenAiClient(model.config()), 20);

    ChatOnRealStoreTest() throws IOException {}

    @AfterEach
    void stop() {
        model.close();
        hereStore.close();
        thereStore.close();
    }

    @Test
    void aConversationGoesOnOnAnotherServer() throws Exception {
        model.completes(completion("{\"role\":\"assistant\",\"content\":\"hi \\u0000 \\ud83d\",\"n\":1e400}"));
        ChatReply first = here.answer(ANN, ask("u1", "my name is Ann"));
        model.takeAsked();
        ChatReply second = there.answer(ANN, ask("u2", "what is my name?"));

        assertThat(model.takeAsked().body())
                .contains(
                        "my name is Ann",
                        "{\"role\":\"assistant\",\"content\":\"hi \\u0000 \\ud83d\",\"n\":1e400}",
                        "what is my name?");
        assertThat(second.sent()).isEqualTo(3);
        List<Message> stored = stored();
        assertThat(stored).hasSize(4);
        assertThat(stored.get(1)).isEqualTo(first.message());
        assertThat(stored.get(3)).isEqualTo(second.message());
        assertThat(there.answer(ANN, ask("u1", "my name is Ann")).message()).isEqualTo(first.message());
        assertThat(model.asked()).isEmpty();
    }

    @Test
    void aWarmConversationIsReadFromTheCache() {
        model.completes(completion("{\"content\":\"hi\"}"));
        here.answer(ANN, ask("u1", "one"));
        ChatTest.until(() -> hereStore.read(ANN, "c", Slice.newest(20)).source() == Window.Source.HIT);
        assertThat(here.answer(ANN, ask("u2", "two")).json()).contains("\"cache\":\"hit\"");
    }

    @Test
    void twoServersAskedTheSameKeepOneAnswer() throws Exception {
        CountDownLatch bothAsk = new CountDownLatch(2);
        model.does(exchange -> {
            bothAsk.countDown();
            ChatTest.await(bothAsk);
            exchange.answer(200, "application/json", completion("{\"content\":\"" + System.nanoTime() + "\"}"));
        });
        FutureTask<ChatReply> other = new FutureTask<>(() -> there.answer(ANN, ask("u1", "hello")));
        Thread.ofVirtual().start(other);
        ChatReply one = here.answer(ANN, ask("u1", "hello"));
        assertThat(stored()).hasSize(2);
        assertThat(List.of(one.message(), other.get().message())).containsOnly(stored().get(1));
    }

    private List<Message> stored() {
        return hereStore.read(ANN, "c", Slice.newest(100).freshly()).messages();
    }

    private static ChatRequest ask(String id, String text) {
        return ChatTest.request("c", ChatTest.user(id, text));
    }
}
