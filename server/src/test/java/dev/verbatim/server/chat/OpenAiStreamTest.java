package dev.verbatim.server.chat;

import static dev.verbatim.server.chat.FakeModelServer.chunkOf;
import static dev.verbatim.server.chat.FakeModelServer.completion;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.verbatim.Owner;
import dev.verbatim.server.json.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiStreamTest {
    private static final ModelRequest HELLO =
            new ModelRequest(Owner.named("ann"), "c", 1, List.of("{\"role\":\"user\",\"content\":\"hello\"}"), null);
    private static final String BEGIN = chunkOf("{\"role\":\"assistant\",\"content\":\"\"}");

    private static final Duration SHORT = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final FakeModelServer server = new FakeModelServer();

    OpenAiStreamTest() throws IOException {}

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void joinsTextAndKeepsUsage() throws Exception {
        server.streams(
                BEGIN,
                text("He"),
                text("llo"),
                "{\"model\":\"m-2\",\"choices\":[],\"usage\":{\"total_tokens\":99999999999999999999999}}");
        ModelAnswer answer = readAll("He", "llo");
        assertThat(answer.members()).isEqualTo("\"content\":\"Hello\"");
        assertThat(answer.usage()).isEqualTo("{\"total_tokens\":99999999999999999999999}");
        assertThat(answer.model()).isEqualTo("m-2");
        assertThat(answer.empty()).isFalse();
        assertThat(server.takeAsked().body()).endsWith("\"stream\":true,\"stream_options\":{\"include_usage\":true}}");
    }

    @Test
    void joinsParallelToolCallsByTheirIndex() {
        server.streams(
                chunkOf("{\"content\":null,\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"type\":\"function\","
                        + "\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]}"),
                chunkOf("{\"tool_calls\":[{\"index\":1,\"id\":\"b\",\"type\":\"function\",\"x\":1.0,"
                        + "\"function\":{\"name\":\"g\",\"arguments\":\"{\"}}]}"),
                chunkOf("{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"q\\\":1\"}},"
                        + "{\"index\":1,\"id\":\"b\",\"type\":\"function\",\"function\":{\"arguments\":\"}\"}}]}"),
                chunkOf("{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"}\"}}]}"));
        List<Delta> deltas = new ArrayList<>();
        try (ModelStream stream = new OpenAiClient(server.config()).stream(HELLO)) {
            drain(stream, deltas);
            assertThat(stream.soFar().members())
                    .isEqualTo("\"content\":null,\"tool_calls\":[{\"id\":\"a\",\"type\":\"function\","
                            + "\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"q\\\":1}\"}},{\"id\":\"b\","
                            + "\"type\":\"function\",\"x\":1.0,\"function\":{\"name\":\"g\",\"arguments\":\"{}\"}}]");
        }
        assertThat(deltas)
                .hasSize(4)
                .allSatisfy(delta -> assertThat(delta.text()).isEmpty());
        assertThat(deltas.get(3).toolCalls()).isEqualTo("[{\"index\":0,\"function\":{\"arguments\":\"}\"}}]");
    }

    @Test
    void toolCallsWithoutIndexAreToldApartByTheirIds() {
        server.streams(
                chunkOf("{\"tool_calls\":[{\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{\"}}]}"),
                chunkOf("{\"tool_calls\":[{\"function\":{\"arguments\":\"}\"}}]}"),
                chunkOf("{\"tool_calls\":[{\"id\":\"b\",\"function\":{\"name\":\"g\",\"arguments\":\"{}\"}}]}"));
        try (ModelStream stream = new OpenAiClient(server.config()).stream(HELLO)) {
            drain(stream, new ArrayList<>());
            assertThat(stream.soFar().members())
                    .contains("[{\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}},{\"id\":\"b\",");
        }
    }

    @Test
    void joinsMembersNobodyHasHeardOf() {
        server.streams(
                chunkOf("{\"reasoning\":\"be\"}"), chunkOf("{\"reasoning\":\"cause\",\"score\":1.50}"), text("yes"));
        assertThat(readAll("yes").members()).isEqualTo("\"reasoning\":\"because\",\"score\":1.50,\"content\":\"yes\"");
    }

    @Test
    void readsUtf8AndLinesCutAnywhere() {
        String stream = "\uFEFF: hello\r\nevent: message\r\ndata: " + text("grüße 👋") + "\r\n\r\n"
                + "data:{\"choices\":[{\"delta\":\rdata:{\"content\":\"!\"}}]}\r\rid: 1\ndata: [DONE]";
        server.does(exchange -> {
            exchange.beginStream();
            for (byte b : stream.getBytes(StandardCharsets.UTF_8)) {
                exchange.chunk(new byte[] {b});
            }
            exchange.endStream();
        });
        assertThat(readAll("grüße 👋", "!").members()).isEqualTo("\"content\":\"grüße 👋!\"");
    }

    @Test
    void aCharacterCutInTwoIsPassedOnWhole() {
        server.streams(
                chunkOf("{\"content\":\"a\\ud83d\"}"),
                chunkOf("{\"content\":\"\\udc4bb\"}"),
                chunkOf("{\"content\":\"\\ud83d\"}"));
        assertThat(readAll("a", "👋b", "\ud83d").members()).isEqualTo("\"content\":\"a👋b\\ud83d\"");
    }

    @Test
    void aServerThatRefusesStreamOptionsIsAskedWithout() throws Exception {
        server.does(exchange -> {
            if (exchange.asked().body().contains("stream_options")) {
                exchange.answer(422, "application/json", "{\"detail\":[{\"type\":\"extra_forbidden\"}]}");
            } else {
                exchange.beginStream();
                exchange.text("yes");
                exchange.event("[DONE]");
                exchange.endStream();
            }
        });
        OpenAiClient client = new OpenAiClient(server.config());
        for (int i = 0; i < 2; i++) {
            try (ModelStream stream = client.stream(HELLO)) {
                drain(stream, new ArrayList<>());
                assertThat(stream.soFar().usage()).isNull();
                assertThat(stream.soFar().members()).isEqualTo("\"content\":\"yes\"");
            }
        }
        assertThat(server.asked()).as("two for the first, one for the second").hasSize(3);
    }

    @Test
    void aServerThatAnswersWholeIsUnderstood() {
        server.completes(completion("{\"role\":\"assistant\",\"content\":\"whole\"}"));
        assertThat(readAll("whole").members()).isEqualTo("\"content\":\"whole\"");
    }

    @Test
    void anErrorBeforeTheFirstChunkIsPlain() {
        server.streams("{\"error\":{\"message\":\"overloaded\"}}");
        assertThat(failureToBegin(server.config())).hasMessage("the model's server reports an error: overloaded");
        server.completes("{\"error\":{\"message\":\"overloaded\"}}");
        assertThat(failureToBegin(server.config())).hasMessage("the model's server reports an error: overloaded");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello",
                "{",
                "[]",
                "{\"foo\":1}",
                "{\"choices\":[{\"delta\":1}]}",
                "{\"choices\":[{}]}",
                "[DONE]"
            })
    void nonsenseInAStreamIsAnError(String event) {
        server.streams(event);
        assertThat(failureToBegin(server.config()).status()).isEqualTo(502);
    }

    @Test
    void aStreamThatBreaksOffKeepsWhatCame() {
        server.does(exchange -> {
            exchange.beginStream();
            exchange.text("half of ");
        });
        assertBreaks(server.config(), 502, "\"content\":\"half of \"");
    }

    @Test
    void aStreamThatEndsWithoutDoneIsNotWhole() {
        server.does(exchange -> {
            exchange.beginStream();
            exchange.text("half of ");
            exchange.chunk("data: {\"choices\":[{\"del".getBytes(StandardCharsets.UTF_8));
            exchange.endStream();
        });
        assertBreaks(server.config(), 502, "\"content\":\"half of \"");
    }

    @Test
    void anErrorOnTheWayKeepsWhatCame() {
        server.streams(text("half of "), "{\"error\":{\"message\":\"gone\"}}");
        assertBreaks(server.config(), 502, "\"content\":\"half of \"");
    }

    @Test
    void aStreamThatFallsSilentIsGivenUp() {
        server.does(exchange -> {
            exchange.beginStream();
            exchange.text("half of ");
            server.stall();
        });
        assertGivenUp("\"content\":\"half of \"");
    }

    @Test
    void aStreamThatOnlyStaysAliveIsGivenUp() {
        server.does(exchange -> {
            exchange.beginStream();
            exchange.text("half of ");
            while (true) {
                exchange.chunk(": alive\n\n".getBytes(StandardCharsets.UTF_8));
                exchange.event(BEGIN);
            }
        });
        assertGivenUp("\"content\":\"half of \"");
    }

    @Test
    void aStreamForEverIsCutAtTheLargestMessage() {
        String piece = "x".repeat(1 << 18);
        server.does(exchange -> {
            exchange.beginStream();
            while (true) {
                exchange.text(piece);
            }
        });
        try (ModelStream stream = new OpenAiClient(server.config()).stream(HELLO)) {
            ModelException failure = catchThrowableOfType(ModelException.class, () -> drain(stream, new ArrayList<>()));
            assertThat(failure).hasMessageStartingWith("the model's answer is larger than ");
            assertThat(stream.soFar().members().length()).isBetween(7 << 18, 2 << 20);
        }
    }

    @Test
    void aLineForEverIsCut() {
        byte[] piece = "x".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
        server.does(exchange -> {
            exchange.beginStream();
            exchange.chunk("data: ".getBytes(StandardCharsets.UTF_8));
            while (true) {
                exchange.chunk(piece);
            }
        });
        assertThat(failureToBegin(server.config())).hasMessage("the model sent a line that is too long");
    }

    @Test
    void closingEndsTheModelsWork() throws Exception {
        CountDownLatch hungUp = new CountDownLatch(1);
        server.does(exchange -> {
            exchange.beginStream();
            exchange.text("half of ");
            exchange.awaitHangUp();
            hungUp.countDown();
        });
        new OpenAiClient(server.config()).stream(HELLO).close();
        assertThat(hungUp.await(30, TimeUnit.SECONDS)).isTrue();
    }

    private ModelAnswer readAll(String... texts) {
        try (ModelStream stream = new OpenAiClient(server.config()).stream(HELLO)) {
            List<Delta> deltas = new ArrayList<>();
            drain(stream, deltas);
            assertThat(deltas).extracting(Delta::text).containsExactly(texts);
            return stream.soFar();
        }
    }

    private static void assertBreaks(ModelConfig config, int status, String soFar) {
        try (ModelStream stream = new OpenAiClient(config).stream(HELLO)) {
            ModelException failure = catchThrowableOfType(ModelException.class, () -> drain(stream, new ArrayList<>()));
            assertThat(failure.status()).isEqualTo(status);
            assertThat(stream.soFar().members()).isEqualTo(soFar);
        }
    }

    /** A busy machine may not bring the first piece in the time allowed; then it is allowed more. */
    private void assertGivenUp(String soFar) {
        for (Duration time = SHORT; ; time = time.multipliedBy(2)) {
            try {
                assertBreaks(server.config(time), 504, soFar);
                return;
            } catch (ModelException | AssertionError e) {
                if (time.compareTo(LONGEST) > 0) {
                    throw e;
                }
            }
        }
    }

    private static void drain(ModelStream stream, List<Delta> into) {
        for (Delta delta = stream.next(); delta != null; delta = stream.next()) {
            into.add(delta);
        }
    }

    private static ModelException failureToBegin(ModelConfig config) {
        return catchThrowableOfType(ModelException.class, () -> new OpenAiClient(config).stream(HELLO));
    }

    private static String text(String text) {
        return chunkOf("{\"content\":" + JsonText.quote(text) + "}");
    }
}
