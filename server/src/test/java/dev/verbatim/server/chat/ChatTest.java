package dev.verbatim.server.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.HistoryStore;
import dev.verbatim.InMemoryHistoryStore;
import dev.verbatim.Message;
import dev.verbatim.Owner;
import dev.verbatim.Slice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;

/** A chat on a store in memory, with a model that does as told. */
abstract class ChatTest {
    static final Owner ANN = Owner.named("ann");
    static final String HI = "{\"role\":\"assistant\",\"content\":\"hi\"}";

    final FakeModelServer server = new FakeModelServer();
    final HistoryStore store = new InMemoryHistoryStore();
    final ChatService chat = new ChatService(store, new OpenAiClient(server.config()), 20);

    ChatTest() throws IOException {}

    @AfterEach
    void stop() {
        server.close();
    }

    /** Asks, and expects that the model's failure comes through. */
    ModelException failure(ChatRequest request) {
        try {
            throw new AssertionError("answered with " + chat.answer(ANN, request));
        } catch (ModelException e) {
            return e;
        }
    }

    static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Waits until something is so; for what happens behind an answer's back. */
    static void until(BooleanSupplier isSo) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!isSo.getAsBoolean()) {
            assertThat(System.nanoTime() - deadline).as("waited too long").isNegative();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    List<Message> stored(String conversationId) {
        return store.read(ANN, conversationId, Slice.newest(100)).messages();
    }

    static ChatRequest request(String conversationId, String... messages) {
        return parse(
                "{\"conversation_id\":\"" + conversationId + "\",\"messages\":[" + String.join(",", messages) + "]}",
                true);
    }

    static ChatRequest parse(String body, boolean create) {
        return ChatRequestParser.parse(body.getBytes(StandardCharsets.UTF_8), create);
    }

    static String user(String text) {
        return "{\"role\":\"user\",\"content\":\"" + text + "\"}";
    }

    static String user(String id, String text) {
        return "{\"id\":\"" + id + "\",\"role\":\"user\",\"content\":\"" + text + "\"}";
    }
}
