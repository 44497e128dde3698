package dev.verbatim.server.chat;

import static dev.verbatim.server.chat.FakeModelServer.completion;
import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.Accounts.Role;
import dev.verbatim.HistoryStore;
import dev.verbatim.InMemoryHistoryStore;
import dev.verbatim.Message;
import dev.verbatim.Owner;
import dev.verbatim.Slice;
import dev.verbatim.server.TestClient;
import dev.verbatim.server.TestClient.Answer;
import dev.verbatim.server.http.Caller;
import dev.verbatim.server.http.HttpMetrics;
import dev.verbatim.server.http.HttpServer;
import dev.verbatim.server.http.Limits;
import dev.verbatim.server.http.Routes;
import dev.verbatim.server.insight.QueryLog;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatRoutesTest {
    private static final Owner ANN = Owner.named("ann");
    private static final String ASK =
            "{\"conversation_id\":\"c\",\"stream\":true,\"messages\":[{\"id\":\"u1\",\"role\":\"user\",\"content\":\"x\"}]}";

    /** As long as always, but a piece of an answer must go out within a second. */
    private static final Limits IMPATIENT = new Limits(
            Limits.DEFAULT.bodyBytes(),
            Limits.DEFAULT.drainBytes(),
            Limits.DEFAULT.headTime(),
            Limits.DEFAULT.bodyTime(),
            Limits.DEFAULT.lingerTime(),
            Duration.ofSeconds(1),
            Limits.DEFAULT.stopTime());

    private final FakeModelServer model = new FakeModelServer();
    private final HistoryStore store = new InMemoryHistoryStore();
    private final List<QueryLog> logs = new CopyOnWriteArrayList<>();
    private final HttpServer server = serve();
    private final TestClient client = new TestClient("http://127.0.0.1:" + server.port());

    ChatRoutesTest() throws IOException {}

    private HttpServer serve() {
        HttpMetrics metrics = new HttpMetrics(new SimpleMeterRegistry());
        Routes routes = new Routes(metrics);
        ChatRoutes.register(routes, "/chat", ChatService.of(store, model.config(), 20), logs::add);
        Caller caller = new Caller(Role.USER, ANN);
        return HttpServer.start(new HttpServer.Config(
                "127.0.0.1", 0, Set.of(), routes, (request, access) -> caller, metrics, IMPATIENT));
    }

    @AfterEach
    void stop() {
        model.close();
        server.close();
    }

    @Test
    void answersWhole() {
        model.completes(completion("{\"content\":\"hi\",\"n\":1.0}"));
        String ask = "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}";
        Answer answer = client.post("/chat", ask);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.header("Idempotent-Replayed")).isEmpty();
        Message stored = stored(answer.json().at("/conversation_id").asString()).get(1);
        assertThat(answer.text()).contains("\"message\":" + stored.json() + ",\"usage\":{");
    }

    @Test
    void aRepeatSaysThatItIsOne() {
        model.completes(completion("{\"content\":\"hi\"}"));
        String ask = ASK.replace("true", "false");
        String first =
                client.post("/chat?create=true", ask).json().at("/message").toString();
        Answer again = client.post("/chat?create=true", ask);
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(again.json().at("/message").toString()).isEqualTo(first);
    }

    @Test
    void streamsAsTheApiSays() {
        model.streams(
                FakeModelServer.chunkOf("{\"content\":\"a\\nb\"}"),
                FakeModelServer.chunkOf("{\"tool_calls\":[{\"index\":0,\n\"id\":\"t\"}]}")
                        .replace("\n", "\ndata: "));
        Answer answer = client.post("/chat?create=true", ASK);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("text/event-stream");
        Message stored = stored("c").get(1);
        assertThat(answer.text().split("\n\n"))
                .hasSize(5)
                .startsWith(
                        "data: {\"conversation_id\":\"c\",\"message_id\":\"" + stored.id() + "\"}",
                        "data: {\"delta\":\"a\\nb\"}",
                        "data: {\"delta\":\"\",\"tool_calls\":[{\"index\":0, \"id\":\"t\"}]}")
                .endsWith("data: [DONE]");
        assertThat(answer.text())
                .contains("data: {\"conversation_id\":\"c\",\"message\":" + stored.json() + ",\"usage\":null,");
    }

    @Test
    void eachEventGoesOutAtOnce() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        model.does(exchange -> {
            exchange.beginStream();
            exchange.text("first");
            ChatTest.await(seen);
            exchange.event("[DONE]");
            exchange.endStream();
        });
        try (Socket socket = ask()) {
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            awaitLine(lines, "data: {\"delta\":\"first\"}");
            seen.countDown();
            awaitLine(lines, "data: [DONE]");
        }
    }

    @Test
    void aClientThatHangsUpEndsTheModelsWork() throws Exception {
        CountDownLatch modelStopped = new CountDownLatch(1);
        model.does(exchange -> {
            exchange.beginStream();
            try {
                while (true) {
                    exchange.text("more ");
                }
            } finally {
                modelStopped.countDown();
            }
        });
        try (Socket socket = ask()) {
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            awaitLine(lines, "data: {\"delta\":\"more \"}");
        }
        assertThat(modelStopped.await(30, TimeUnit.SECONDS)).isTrue();
        ChatTest.until(() -> stored("c").size() == 2);
        assertThat(stored("c").get(1).json()).contains("\"content\":\"more ", "\"status\":\"incomplete\"");
        ChatTest.until(() -> !logs.isEmpty());
        assertThatWhatBrokeOffIsLogged();
    }

    private void assertThatWhatBrokeOffIsLogged() {
        assertThat(logs).singleElement().satisfies(log -> {
            assertThat(log.owner()).isEqualTo(ANN);
            assertThat(log.query()).isEqualTo("x");
            assertThat(log.conversationId()).isEqualTo("c");
            assertThat(log.model()).isNotNull();
            assertThat(log.tokensUsed()).isNull();
        });
    }

    @Test
    void aClientThatDoesNotReadIsHungUpOn() throws Exception {
        CountDownLatch modelStopped = new CountDownLatch(1);
        model.does(exchange -> {
            exchange.beginStream();
            try {
                while (true) {
                    exchange.texts("x", 1_000);
                }
            } finally {
                modelStopped.countDown();
            }
        });
        try (Socket socket = ask()) {
            ChatTest.await(modelStopped);
            ChatTest.until(() -> stored("c").size() == 2);
            assertThat(socket.isConnected()).isTrue();
        }
        assertThat(stored("c").get(1).json()).contains("\"status\":\"incomplete\"");
        assertThat(stored("c").get(1).bytes().length)
                .as("not stopped for being too long")
                .isLessThan(1 << 20);
    }

    @Test
    void aFailureBeforeTheFirstEventIsPlain() {
        model.does(exchange -> exchange.answer(500, "text/plain", "boom"));
        Answer answer = client.post("/chat?create=true", ASK);
        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.json().at("/error/message").asString()).isEqualTo("the model's server answered 500");
        assertThat(answer.code()).isEqualTo("model_failed");
        assertThat(logs).as("there is no answer").isEmpty();
    }

    @Test
    void aQuestionWithoutAnyAnswerIsNotLogged() {
        model.does(FakeModelServer.Exchange::beginStream);
        assertThat(client.post("/chat?create=true", ASK).text()).contains("model_failed");
        assertThat(stored("c")).hasSize(1);
        assertThat(logs).isEmpty();
    }

    @Test
    void aFailureOnTheWayIsAnEvent() {
        model.does(exchange -> {
            exchange.beginStream();
            exchange.text("half");
        });
        Answer answer = client.post("/chat?create=true", ASK);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text().split("\n\n"))
                .hasSize(4)
                .contains("data: {\"delta\":\"half\"}")
                .endsWith(
                        "data: {\"error\":{\"message\":\"the connection to the model broke off; try again\","
                                + "\"type\":\"model_error\",\"param\":null,\"code\":\"model_failed\"}}",
                        "data: [DONE]");
        assertThat(stored("c").get(1).json()).contains("\"status\":\"incomplete\"");
        assertThatWhatBrokeOffIsLogged();
        assertThat(client.post("/chat?create=true", ASK).text()).contains("\"status\":\"incomplete\"");
        assertThat(logs).as("a repeat is not").hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | body",
                "[] | body",
                "{ | body",
                "{} | messages",
                "{\"messages\":{}} | messages",
                "{\"messages\":[]} | messages",
                "{\"messages\":[1]} | messages[0]",
                "{\"messages\":[{\"role\":\"user\"},{\"content\":\"x\"}]} | messages[1].role",
                "{\"messages\":[{\"role\":\"user\"}],\"messages\":[]} | body",
                "{\"messages\":[{\"role\":\"user\",\"x\":1,\"x\":2}]} | body",
                "{\"messages\":[{\"role\":\"user\"}],\"temperature\":1} | temperature",
                "{\"messages\":[{\"role\":\"user\"}],\"stream\":\"yes\"} | stream",
                "{\"messages\":[{\"role\":\"user\"}],\"stream\":1} | stream",
                "{\"messages\":[{\"role\":\"user\"}],\"model\":1} | model",
                "{\"messages\":[{\"role\":\"user\"}],\"model\":\"\"} | model",
                "{\"messages\":[{\"role\":\"user\"}],\"conversation_id\":1} | conversation_id",
                "{\"messages\":[{\"role\":\"user\"}],\"conversation_id\":\"\"} | conversation_id",
                "{\"messages\":[{\"role\":\"tool\",\"tool_call_id\":\"t\"}]} | messages",
            })
    void whatIsNotAsItMustBeIsRefused(String body, String param) {
        Answer answer = client.post("/chat", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.param()).isEqualTo(param);
        assertThat(model.asked()).isEmpty();
    }

    @Test
    void aThousandAndOneMessagesAreRefused() {
        String many = "{\"role\":\"user\"},".repeat(1_000) + "{\"role\":\"user\"}";
        Answer answer = client.post("/chat", "{\"messages\":[" + many + "]}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.param()).isEqualTo("messages");
    }

    @Test
    void anUnknownConversationIsNotFound() {
        assertThat(client.post("/chat", ASK).status()).isEqualTo(404);
        assertThat(client.post("/chat?create=maybe", ASK).param()).isEqualTo("create");
        assertThat(client.post("/chat?new=true", ASK).param()).isEqualTo("new");
    }

    private Socket ask() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        socket.getOutputStream()
                .write(("POST /chat?create=true HTTP/1.1\r\nHost: x\r\nContent-Length: " + ASK.length() + "\r\n\r\n"
                                + ASK)
                        .getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    private static void awaitLine(BufferedReader lines, String wanted) throws IOException {
        String line = lines.readLine();
        while (line != null && !line.equals(wanted)) {
            line = lines.readLine();
        }
        assertThat(line).isEqualTo(wanted);
    }

    private List<Message> stored(String conversationId) {
        return store.read(ANN, conversationId, Slice.newest(100)).messages();
    }
}
