package dev.verbatim.server.chat;

import static dev.verbatim.server.chat.FakeModelServer.completion;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verbatim.AppendOptions;
import dev.verbatim.ConflictException;
import dev.verbatim.GenerationChangedException;
import dev.verbatim.Message;
import dev.verbatim.MessageEdit;
import dev.verbatim.NewMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ChatRepeatTest extends ChatTest {
    ChatRepeatTest() throws IOException {}

    @Test
    void aRepeatGetsTheStoredAnswer() {
        server.completes(completion(HI));
        ChatRequest request = request("c", user("u1", "hello"));
        ChatReply first = chat.answer(ANN, request);
        chat.answer(ANN, request("c", user("u2", "more")));
        ChatReply again = chat.answer(ANN, request);
        assertThat(again.message()).isEqualTo(first.message());
        assertThat(again.replayed()).isTrue();
        assertThat(again.latencyMs()).isEqualTo(first.latencyMs());
        assertThat(again.json()).contains("\"usage\":null", "\"history\":{\"messages\":0,\"cache\":\"bypass\"}");
        assertThat(server.asked()).hasSize(2);
        assertThat(stored("c")).hasSize(4);
    }

    @Test
    void aQuestionWhoseAnswerWasTruncatedIsAnsweredAnew() {
        server.completes(completion(HI));
        ChatRequest request = request("c", user("u1", "hello"));
        chat.answer(ANN, request);
        store.truncate(ANN, "c", 1, AppendOptions.EXISTING);
        server.completes(completion("{\"content\":\"better\"}"));
        ChatReply anew = chat.answer(ANN, request);
        assertThat(anew.replayed()).isFalse();
        assertThat(anew.message().json()).contains("better");
        assertThat(stored("c")).extracting(Message::role).containsExactly("user", "assistant");
        assertThat(stored("c").getLast()).isEqualTo(anew.message());
    }

    @Test
    void anEditedQuestionIsAnsweredAsItIsNow() throws Exception {
        server.completes(completion(HI));
        chat.answer(ANN, request("c", user("u1", "hello")));
        server.takeAsked();
        store.edit(ANN, "c", "u1", MessageEdit.fromJson("{\"content\":\"goodbye\"}"));
        store.truncate(ANN, "c", 1, AppendOptions.EXISTING);
        server.completes(completion("{\"content\":\"bye\"}"));
        assertThat(chat.answer(ANN, request("c", user("u1", "goodbye")))
                        .message()
                        .json())
                .contains("bye");
        assertThat(server.takeAsked().body()).contains("goodbye").doesNotContain("hello");
        assertThat(stored("c")).hasSize(2);
    }

    @Test
    void theAnswerToWhatWasTakenAwayMeanwhileIsNotStored() {
        store.append(ANN, "c", List.of(NewMessage.fromJson(user("u0", "first"))), AppendOptions.CREATE);
        server.does(exchange -> {
            store.truncate(ANN, "c", 1, AppendOptions.EXISTING);
            exchange.answer(200, "application/json", completion(HI));
        });
        assertThatThrownBy(() -> chat.answer(ANN, request("c", user("u1", "second"))))
                .isInstanceOf(GenerationChangedException.class);
        assertThat(stored("c")).extracting(Message::id).containsExactly("u0");
    }

    @Test
    void anAnswerIsStoredThoughAnotherMessageWasEditedMeanwhile() {
        store.append(ANN, "c", List.of(NewMessage.fromJson(user("u0", "first"))), AppendOptions.CREATE);
        server.does(exchange -> {
            store.edit(ANN, "c", "u0", MessageEdit.fromJson("{\"content\":\"edited\"}"));
            exchange.answer(200, "application/json", completion(HI));
        });
        ChatReply reply = chat.answer(ANN, request("c", user("u1", "second")));
        assertThat(stored("c").getLast()).isEqualTo(reply.message());
        assertThat(stored("c")).hasSize(3);
    }

    @Test
    void aRepeatTogetherWithSomethingNewIsAsked() throws Exception {
        server.completes(completion(HI));
        chat.answer(ANN, request("c", user("u1", "hello")));
        server.takeAsked();
        server.completes(completion("{\"content\":\"to the new\"}"));
        ChatReply reply = chat.answer(ANN, request("c", user("u2", "new"), user("u1", "hello")));
        assertThat(server.takeAsked().body()).contains("hello", "new");
        assertThat(reply.message().json()).contains("to the new");
        assertThat(chat.answer(ANN, request("c", user("u2", "new"), user("u1", "hello")))
                        .message())
                .isEqualTo(reply.message());
        assertThat(stored("c")).hasSize(4);
    }

    @Test
    void aRepeatWithAnotherBodyIsAConflict() {
        server.completes(completion(HI));
        chat.answer(ANN, request("c", user("u1", "hello")));
        assertThatThrownBy(() -> chat.answer(ANN, request("c", user("u1", "other"))))
                .isInstanceOf(ConflictException.class);
        assertThat(stored("c")).hasSize(2);
    }

    @Test
    void aRepeatWhoseFirstTryFailedIsAnswered() {
        server.does(exchange -> exchange.answer(500, "text/plain", "boom"));
        ChatRequest request = request("c", user("u1", "hello"));
        assertThat(failure(request).status()).isEqualTo(502);
        server.completes(completion(HI));
        ChatReply reply = chat.answer(ANN, request);
        assertThat(reply.replayed()).isFalse();
        assertThat(stored("c")).extracting(Message::role).containsExactly("user", "assistant");
    }

    @Test
    void aLateRepeatIsAskedWithoutWhatCameAfterIt() throws Exception {
        server.does(exchange -> exchange.answer(500, "text/plain", "boom"));
        ChatRequest request = request("c", user("u1", "first"));
        assertThat(failure(request).status()).isEqualTo(502);
        server.completes(completion(HI));
        chat.answer(ANN, request("c", user("u2", "second")));
        server.takeAsked();
        server.takeAsked();
        chat.answer(ANN, request);
        assertThat(server.takeAsked().body()).contains("first").doesNotContain("second");
        assertThat(stored("c")).extracting(Message::role).containsExactly("user", "user", "assistant", "assistant");
    }

    @Test
    void anAnswerTheApplicationStoredItselfCounts() {
        store.append(
                ANN,
                "c",
                List.of(NewMessage.fromJson(user("u1", "hello")), NewMessage.fromJson(HI)),
                AppendOptions.CREATE);
        ChatReply reply = chat.answer(ANN, request("c", user("u1", "hello")));
        assertThat(reply.message()).isEqualTo(stored("c").get(1));
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void aLateAnswerToAnEarlierMessageIsNotTakenForThisOnes() throws Exception {
        CountDownLatch second = new CountDownLatch(1);
        server.does(exchange -> {
            if (exchange.asked().body().contains("second")) {
                exchange.answer(500, "text/plain", "boom");
                return;
            }
            await(second);
            exchange.answer(200, "application/json", completion("{\"content\":\"to the first\"}"));
        });
        Thread first = Thread.ofVirtual().start(() -> chat.answer(ANN, request("c", user("u1", "first"))));
        server.takeAsked();
        assertThat(failure(request("c", user("u2", "second"))).status()).isEqualTo(502);
        second.countDown();
        first.join();
        server.completes(completion("{\"content\":\"to the second\"}"));
        assertThat(chat.answer(ANN, request("c", user("u2", "second")))
                        .message()
                        .json())
                .contains("to the second");
    }

    @Test
    void identicalRequestsAtTheSameTimeAreAnsweredOnce() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        server.does(exchange -> {
            await(go);
            exchange.answer(200, "application/json", completion(HI));
        });
        List<ChatReply> replies = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            threads.add(Thread.ofVirtual()
                    .start(() -> replies.add(chat.answer(ANN, request("c", user("u1", "hello"))))));
        }
        server.takeAsked();
        go.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(replies)
                .hasSize(8)
                .extracting(ChatReply::message)
                .containsOnly(stored("c").get(1));
        assertThat(replies).filteredOn(reply -> !reply.replayed()).hasSize(1);
        assertThat(server.asked()).isEmpty();
        assertThat(stored("c")).hasSize(2);
    }

    @Test
    void twoServersKeepOneAnswer() throws Exception {
        ChatService other = new ChatService(store, new OpenAiClient(server.config()), 20);
        CountDownLatch bothAsk = new CountDownLatch(2);
        server.does(exchange -> {
            bothAsk.countDown();
            await(bothAsk);
            exchange.answer(200, "application/json", completion("{\"content\":\"" + System.nanoTime() + "\"}"));
        });
        List<ChatReply> replies = Collections.synchronizedList(new ArrayList<>());
        ChatRequest request = request("c", user("u1", "hello"));
        Thread there = Thread.ofVirtual().start(() -> replies.add(other.answer(ANN, request)));
        replies.add(chat.answer(ANN, request));
        there.join();
        assertThat(stored("c")).hasSize(2);
        assertThat(replies)
                .extracting(ChatReply::message)
                .containsOnly(stored("c").get(1));
    }
}
