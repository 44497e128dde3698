package dev.verbatim.server.chat;

import static dev.verbatim.server.chat.FakeModelServer.completion;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.verbatim.Owner;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiClientTest {
    private static final ModelRequest HELLO = new ModelRequest(
            Owner.named("ann"), "c", 1, List.of("{\"role\":\"user\",\"content\":\"hello\",\"n\":1.0}"), null);
    private static final Duration SHORT = Duration.ofMillis(200);

    private final FakeModelServer server = new FakeModelServer();

    OpenAiClientTest() throws IOException {}

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void asksAsOpenAiWantsIt() throws Exception {
        server.completes(completion("{\"role\":\"assistant\",\"content\":\"hi\"}"));
        new OpenAiClient(server.config()).ask(HELLO);
        FakeModelServer.Asked asked = server.takeAsked();
        assertThat(asked.head()).startsWith("POST /v1/chat/completions HTTP/1.1\r\n");
        assertThat(asked.head()).contains("Authorization: Bearer sk-secret-key", "Content-Type: application/json");
        assertThat(asked.body())
                .isEqualTo("{\"model\":\"test-model\",\"messages\":"
                        + "[{\"role\":\"user\",\"content\":\"hello\",\"n\":1.0}]}");
    }

    @Test
    void asksForTheModelOfTheRequest() throws Exception {
        server.completes(completion("{\"role\":\"assistant\",\"content\":\"hi\"}"));
        new OpenAiClient(server.config())
                .ask(new ModelRequest(HELLO.owner(), "c", 1, HELLO.messages(), "other \"model\""));
        assertThat(server.takeAsked().body()).startsWith("{\"model\":\"other \\\"model\\\"\",");
    }

    @Test
    void sendsNoAuthorizationWithoutKey() throws Exception {
        server.completes(completion("{\"role\":\"assistant\",\"content\":\"hi\"}"));
        ModelConfig config = server.config();
        new OpenAiClient(new ModelConfig(config.baseUrl(), null, "m", config.timeout())).ask(HELLO);
        assertThat(server.takeAsked().head()).doesNotContainIgnoringCase("authorization");
    }

    @Test
    void keepsEveryMemberOfTheMessageAsWritten() {
        server.completes(
                completion(
                        "{\"role\":\"assistant\", \"content\": null, \"refusal\":null,"
                                + "\"x\":{\"n\":1.0,\"big\":1e400},\"tool_calls\":[{\"id\":\"a\",\"type\":\"function\","
                                + "\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"n\\\":1}\"}}],\"id\":\"theirs\",\"status\":\"done\"}"));
        ModelAnswer answer = new OpenAiClient(server.config()).ask(HELLO);
        assertThat(answer.members())
                .isEqualTo("\"content\":null,\"refusal\":null,\"x\":{\"n\":1.0,\"big\":1e400},"
                        + "\"tool_calls\":[{\"id\":\"a\",\"type\":\"function\","
                        + "\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"n\\\":1}\"}}]");
        assertThat(answer.usage()).isEqualTo("{\"prompt_tokens\":11,\"completion_tokens\":4,\"total_tokens\":15}");
        assertThat(answer.model()).isEqualTo("test-model-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>hello</html>",
                "[1]",
                "{}",
                "{\"choices\":[]}",
                "{\"choices\":{}}",
                "{\"choices\":[1]}",
                "{\"choices\":[{\"message\":null}]}",
                "{\"choices\":[{\"message\":{\"role\":\"assistant\"}}]}",
                "{\"choices\":[{\"message\":{\"content\":\"a\",\"content\":\"b\"}}]}",
                "{\"choices\":[{\"message\":{\"content\":\"a\"}}]} {}",
                "{\"choices\":[{\"message\":{\"content\":\"a"
            })
    void nonsenseIsAnError(String body) {
        server.completes(body);
        ModelException failure = failureOfAsk(server.config());
        assertThat(failure.status()).isEqualTo(502);
        assertThat(failure).hasMessageStartingWith("the model sent ");
        assertThat(failure.getMessage()).doesNotContain("\n");
    }

    @Test
    void anErrorObjectIsAnErrorWhateverTheStatus() {
        server.completes("{\"error\":{\"message\":\"no\\nsuch model for sk-secret-key\",\"type\":\"x\"}}");
        ModelException failure = failureOfAsk(server.config());
        assertThat(failure.status()).isEqualTo(502);
        assertThat(failure).hasMessage("the model's server reports an error: no such model for [key]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "500 | 502 | {\"error\":{\"message\":\"boom\"}} | the model's server answered 500: boom",
                "401 | 502 | {\"error\":\"bad key sk-secret-key\"} | the model's server answered 401: bad key [key]",
                "404 | 502 | {\"detail\":\"Not Found\"} | the model's server answered 404: Not Found",
                "400 | 502 | {\"object\":\"error\",\"message\":\"too long\"} | the model's server answered 400: too long",
                "503 | 502 | <html>away</html> | the model's server answered 503",
                "301 | 502 | moved | the model's server answered 301",
                "504 | 504 | slow | the model's server answered 504",
            })
    void anotherStatusIsAnError(int modelStatus, int status, String body, String message) {
        server.does(exchange -> exchange.answer(modelStatus, "application/json", body));
        assertThat(failureOfAsk(server.config()).status()).isEqualTo(status);
        assertThat(failureOfAsk(server.config())).hasMessage(message);
        assertThat(failureOfStream(server.config())).hasMessage(message);
    }

    @Test
    void anOverloadedModelSaysWhenToComeBack() {
        server.does(exchange ->
                exchange.answer(429, "application/json", "{\"error\":{\"message\":\"busy\"}}", "Retry-After: 7"));
        assertThat(failureOfAsk(server.config())).hasMessage("the model's server answered 429: busy; try again in 7 s");
    }

    @Test
    void aLongErrorIsCut() {
        server.does(
                exchange -> exchange.answer(500, "application/json", "{\"error\":\"" + "x".repeat(100_000) + "\"}"));
        assertThat(failureOfAsk(server.config()).toString()).hasSizeLessThan(500);
    }

    @Test
    void aModelThatIsAwayIsAnError() throws IOException {
        ModelConfig away = server.config();
        try (ServerSocket free = new ServerSocket(0)) {
            away = new ModelConfig(
                    URI.create("http://127.0.0.1:" + free.getLocalPort()), null, "m", Duration.ofSeconds(30));
        }
        assertThat(failureOfAsk(away).status()).isEqualTo(502);
        assertThat(failureOfAsk(away)).hasMessageStartingWith("the model's server cannot be reached");
        assertThat(failureOfStream(away)).hasMessageStartingWith("the model's server cannot be reached");
    }

    @Test
    void anUnknownHostIsAnError() {
        ModelConfig unknown =
                new ModelConfig(URI.create("http://no-such-host.invalid"), null, "m", Duration.ofSeconds(30));
        assertThat(failureOfAsk(unknown)).hasMessage("the model's host name is not known; check OPENAI_BASE_URL");
    }

    @Test
    void aConnectionClosedWithoutAnswerIsAnError() {
        server.does(exchange -> {});
        assertThat(failureOfAsk(server.config()).status()).isEqualTo(502);
    }

    @Test
    void aBodyThatBreaksOffIsAnError() {
        server.does(exchange -> exchange.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"choices\":"));
        assertThat(failureOfAsk(server.config())).hasMessage("the connection to the model broke off; try again");
    }

    @Test
    void aModelThatNeverAnswersIsGivenUp() {
        server.does(exchange -> server.stall());
        assertThat(failureOfAsk(server.config(SHORT)).status()).isEqualTo(504);
        assertThat(failureOfStream(server.config(SHORT)))
                .hasMessage("the model did not answer within 200 ms; try again, or raise OPENAI_TIMEOUT");
    }

    @Test
    void aBodyForEverIsCut() {
        String piece = " ".repeat(1 << 16);
        server.does(exchange -> {
            exchange.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{");
            while (true) {
                exchange.write(piece);
            }
        });
        assertThat(failureOfAsk(server.config())).hasMessage("the model's answer is too large");
    }

    @Test
    void aBodyThatStallsIsGivenUp() {
        server.does(exchange -> {
            exchange.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{");
            server.stall();
        });
        assertThat(failureOfAsk(server.config(SHORT)).status()).isEqualTo(504);
    }

    private static ModelException failureOfAsk(ModelConfig config) {
        return catchThrowableOfType(ModelException.class, () -> new OpenAiClient(config).ask(HELLO));
    }

    private static ModelException failureOfStream(ModelConfig config) {
        return catchThrowableOfType(ModelException.class, () -> new OpenAiClient(config).stream(HELLO));
    }
}
