package dev.verbatim.server.chat;

import static dev.verbatim.server.chat.FakeModelServer.completion;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.verbatim.ConversationNotFoundException;
import dev.verbatim.ListQuery;
import dev.verbatim.Message;
import dev.verbatim.Owner;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ChatServiceTest extends ChatTest {
    ChatServiceTest() throws IOException {}

    @Test
    void storesBothSidesOfATurn() throws Exception {
        server.completes(completion("{\"role\":\"assistant\",\"content\":\"hi\",\"x\":1.0}"));
        ChatReply reply = chat.answer(ANN, request("c", "{\"role\":\"user\",\"content\":\"hello\",\"n\":1e400}"));

        List<Message> stored = stored("c");
        assertThat(stored).extracting(Message::role).containsExactly("user", "assistant");
        assertThat(stored.get(0).json()).contains("\"content\":\"hello\",\"n\":1e400");
        assertThat(stored.get(1)).isEqualTo(reply.message());
        assertThat(stored.get(1).json())
                .contains("\"content\":\"hi\",\"x\":1.0", "\"tokens_used\":15", "\"latency_ms\":")
                .contains("\"model\":\"test-model-1\"")
                .doesNotContain("status");
        assertThat(reply.json())
                .isEqualTo("{\"conversation_id\":\"c\",\"message\":"
                        + stored.get(1).json()
                        + ",\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":4,\"total_tokens\":15},\"latency_ms\":"
                        + reply.latencyMs() + ",\"history\":{\"messages\":1,\"cache\":\""
                        + reply.source().name().toLowerCase(Locale.ROOT) + "\"}}");
        assertThat(server.takeAsked().body())
                .isEqualTo("{\"model\":\"test-model\",\"messages\":"
                        + "[{\"role\":\"user\",\"content\":\"hello\",\"n\":1e400}]}");
    }

    @Test
    void usageOfAnySizeIsKeptAsWritten() {
        server.completes("{\"choices\":[{\"message\":" + HI
                + "}],\"usage\":{\n\"total_tokens\": 123456789012345678901234567890, \"cost\":1.50}}");
        ChatReply reply = chat.answer(ANN, request("c", user("hello")));
        assertThat(reply.usage()).isEqualTo("{ \"total_tokens\": 123456789012345678901234567890, \"cost\":1.50}");
        assertThat(reply.message().json()).contains("\"tokens_used\":123456789012345678901234567890");
        assertThat(reply.message().json()).contains("\"model\":\"test-model\"");
    }

    @Test
    void withoutUsageNothingIsMadeUp() {
        server.completes("{\"choices\":[{\"message\":" + HI + "}]}");
        ChatReply reply = chat.answer(ANN, request("c", user("hello")));
        assertThat(reply.message().json()).doesNotContain("tokens_used");
        assertThat(reply.json()).contains("\"usage\":null");
    }

    @Test
    void aNewConversationIsMadeWhenNoneIsNamed() {
        server.completes(completion(HI));
        ChatReply reply = chat.answer(ANN, parse("{\"messages\":[" + user("hello there") + "]}", false));
        assertThat(reply.conversationId()).matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-.*");
        assertThat(stored(reply.conversationId())).hasSize(2);
        assertThat(store.get(ANN, reply.conversationId()))
                .hasValueSatisfying(made -> assertThat(made.title()).isEqualTo("hello there"));
    }

    @Test
    void anUnknownConversationIsMadeOnlyOnRequest() {
        server.completes(completion(HI));
        ChatRequest request = parse("{\"conversation_id\":\"new\",\"messages\":[" + user("x") + "]}", false);
        assertThatThrownBy(() -> chat.answer(ANN, request)).isInstanceOf(ConversationNotFoundException.class);
        assertThat(server.asked()).isEmpty();
        assertThat(store.get(ANN, "new")).isEmpty();
        assertThat(chat.answer(ANN, request("new", user("x"))).conversationId()).isEqualTo("new");
    }

    @Test
    void anotherOwnersConversationIsNotReached() {
        server.completes(completion(HI));
        chat.answer(ANN, request("c", user("mine")));
        ChatRequest request = parse("{\"conversation_id\":\"c\",\"messages\":[" + user("x") + "]}", false);
        assertThatThrownBy(() -> chat.answer(Owner.named("bob"), request))
                .isInstanceOf(ConversationNotFoundException.class);
        assertThat(stored("c")).hasSize(2);
    }

    @Test
    void whatWasSaidStaysWhenTheModelFails() {
        server.does(exchange -> exchange.answer(500, "application/json", "{\"error\":{\"message\":\"boom\"}}"));
        ModelException failure =
                catchThrowableOfType(ModelException.class, () -> chat.answer(ANN, request("c", user("hello"))));
        assertThat(failure).hasMessage("the model's server answered 500: boom");
        assertThat(stored("c")).extracting(Message::role).containsExactly("user");
    }

    @Test
    void theMessageIsStoredBeforeTheModelIsAsked() {
        List<Message> seen = new ArrayList<>();
        server.does(exchange -> {
            seen.addAll(stored("c"));
            exchange.answer(200, "application/json", completion(HI));
        });
        chat.answer(ANN, request("c", user("hello")));
        assertThat(seen).hasSize(1);
    }

    @Test
    void aFailureInANewConversationSaysWhereTheMessageIs() {
        server.does(exchange -> server.stall());
        ChatService hasty = new ChatService(store, new OpenAiClient(server.config(Duration.ofMillis(100))), 20);
        ModelException failure = catchThrowableOfType(
                ModelException.class, () -> hasty.answer(ANN, parse("{\"messages\":[" + user("x") + "]}", false)));
        String id = store.list(ANN, ListQuery.newest(1)).data().getFirst().id();
        assertThat(failure.status()).isEqualTo(504);
        assertThat(failure).hasMessageEndingWith("; what you said is stored in conversation " + id);
    }

    @Test
    void theModelsOwnIdAndStatusDoNotGetInTheWay() {
        server.completes(completion("{\"id\":\"u1\",\"status\":\"incomplete\",\"seq\":7,\"content\":\"hi\"}"));
        ChatReply reply = chat.answer(ANN, request("c", user("u1", "hello")));
        assertThat(reply.message().seq()).isEqualTo(2);
        assertThat(reply.message().json()).doesNotContain("incomplete");
    }

    @Test
    void anAnswerTooLargeToKeepIsAnError() {
        server.completes(completion("{\"content\":\"" + "x".repeat(2 << 20) + "\"}"));
        assertThat(catchThrowableOfType(ModelException.class, () -> chat.answer(ANN, request("c", user("u1", "x")))))
                .hasMessageStartingWith("the model's answer cannot be stored: ");
        assertThat(stored("c")).hasSize(1);
    }
}
