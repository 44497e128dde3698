package dev.verbatim.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.server.TestClient.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every route: methods, sizes, times, errors. */
class HttpTest {
    private static final String C = "/api/conversations/c/messages?create=true";

    @SuppressWarnings("NullAway.Init")
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.quick();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static String head(String requestLine, String... headers) {
        return requestLine + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + TestServer.ADMIN + "\r\n"
                + String.join("\r\n", headers) + (headers.length > 0 ? "\r\n" : "") + "\r\n";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nothing",
                "/api",
                "/api/",
                "/api/conversations/",
                "/api/conversations//messages",
                "//",
                "/API/conversations",
                "/chat/agents"
            })
    void whereNothingIsThereIsAnErrorThatSaysSo(String path) {
        Answer answer = server.admin().get(path);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.code()).isEqualTo("not_found");
        assertThat(answer.json().at("/error").propertyNames()).containsExactly("message", "type", "param", "code");
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PUT    | /api/conversations        | GET, HEAD, OPTIONS, POST",
                "DELETE | /api/conversations        | GET, HEAD, OPTIONS, POST",
                "PUT    | /api/conversations/c/messages/m | GET, HEAD, OPTIONS, PATCH",
                "GET    | /api/login                | DELETE, OPTIONS, POST",
                "POST   | /health/live              | GET, HEAD, OPTIONS",
                "TRACE  | /                         | GET, HEAD, OPTIONS",
            })
    void aMethodThatIsNotAllowedIsToldWhichAre(String method, String path, String allowed) {
        RawAnswer answer = RawClient.request(server.port(), head(method + " " + path, "Connection: close"));
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.text()).contains("Allow: " + allowed + "\r\n").contains("\"code\":\"method_not_allowed\"");
    }

    @Test
    void headIsGetWithoutABody() {
        TestClient anna = server.as("head");
        anna.post(C, "{\"role\":\"user\"}");
        Answer get = anna.get("/api/conversations/c/messages");
        Answer answer = anna.send("HEAD", "/api/conversations/c/messages", null);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEmpty();
        assertThat(answer.header("ETag")).isEqualTo(get.header("ETag"));
        assertThat(answer.header("Content-Length"))
                .isEqualTo(Integer.toString(get.text().length()));
        assertThat(server.anonymous().send("HEAD", "/api/me", null).status()).isEqualTo(401);
    }

    @Test
    void optionsSaysWhatIsAllowedAndNoMore() {
        Answer answer = server.anonymous().send("OPTIONS", "/api/conversations", null);
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.header("Allow")).isEqualTo("GET, HEAD, OPTIONS, POST");
        assertThat(answer.response().headers().map().keySet())
                .noneMatch(h -> h.startsWith("access-control") || h.equals("vary"));
    }

    @Test
    void originsOfTheSettingsMayCall() {
        try (TestServer open =
                TestServer.with(Map.of("CORS_ORIGINS", "https://app.example.org, https://b.example.org"))) {
            Answer known = open.anonymous()
                    .with("Origin", "https://app.example.org")
                    .send("OPTIONS", "/api/conversations", null);
            assertThat(known.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example.org");
            assertThat(known.header("Access-Control-Allow-Headers")).contains("Authorization");
            assertThat(known.header("Vary")).isEqualTo("Origin");
            Answer other =
                    open.anonymous().with("Origin", "https://evil.example.org").get("/api/conversations");
            assertThat(other.header("Access-Control-Allow-Origin")).isEmpty();
            assertThat(open.anonymous().get("/health/live").header("Vary")).isEqualTo("Origin");
        }
    }

    @Test
    void everyAnswerHasARequestId() {
        assertThat(server.anonymous().get("/health/live").header("X-Request-Id"))
                .matches("[0-9a-f]{16}");
        assertThat(server.anonymous()
                        .with("X-Request-Id", "my-id/7")
                        .get("/nothing")
                        .header("X-Request-Id"))
                .isEqualTo("my-id/7");
        assertThat(server.anonymous()
                        .with("X-Request-Id", "not {sane}")
                        .get("/")
                        .header("X-Request-Id"))
                .matches("[0-9a-f]{16}");
    }

    @Test
    void theSameHeaderTwiceIsRefused() {
        RawAnswer answer = RawClient.request(
                server.port(),
                head("GET /api/conversations", "Verbatim-User: a", "Verbatim-User: b", "Connection: close"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("\"param\":\"Verbatim-User\"");
    }

    @Test
    void aKeyThatRepeatsARequestIsRefusedAsLongAsItDoesNothing() {
        Answer answer = server.admin().with("Idempotency-Key", "k").post(C, "{\"role\":\"user\"}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.param()).isEqualTo("Idempotency-Key");
        assertThat(server.admin()
                        .with("Idempotency-Key", "k")
                        .get("/api/conversations")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {16 << 10, 17 << 10, 40 << 10})
    void aUrlThatIsTooLongIsRefused(int length) {
        RawAnswer answer = RawClient.request(
                server.port(), head("GET /api/conversations/" + "a".repeat(length), "Connection: close"));
        assertThat(answer.status()).isEqualTo(414);
        assertThat(answer.text()).contains("url_too_long").containsIgnoringCase("X-Request-Id: ");
    }

    @Test
    void aLongUrlThatIsNotTooLongIsTaken() {
        RawAnswer answer = RawClient.request(
                server.port(), head("GET /api/conversations?q=" + "%41".repeat(1000), "Connection: close"));
        assertThat(answer.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET /health/live HTTP/1.0;;                                        | 505 | HTTP/1.1",
                "GET /health/live HTTP/1.0;Host: x;;                                | 505 | HTTP/1.1",
                "GET /health/live HTTP/3.7;Host: x;;                                | 400 | HTTP/1.1",
                "GET / HTTP/1.1;;                                                   | 400 | Host",
                "GET / HTTP/1.1;Host: x;Content-Length: x;;                         | 400 | length",
                "POST / HTTP/1.1;Host: x;Content-Length: 2;Content-Length: 3;;{}    | 400 | Content-Length",
                "POST / HTTP/1.1;Host: x;Content-Length: 2;Transfer-Encoding: chunked;;{} | 400 | Content-Length",
                "POST / HTTP/1.1;Host: x;Content-Encoding: gzip;Content-Length: 2;;{} | 415 | Content-Encoding",
                "GET / HTTP/1.1;Host: x;X-Long: LONG;;                              | 431 | headers",
            })
    void whatIsRefusedBeforeItIsARequestIsToldWhy(String request, int status, String word) {
        String raw = request.strip().replace(";", "\r\n").replace("LONG", "x".repeat(40 << 10));
        RawAnswer answer = RawClient.request(server.port(), raw);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text())
                .contains(word, "{\"error\":{\"message\":", "Connection: close\r\n")
                .doesNotContain("server log", "Bad Request\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: nonsense\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nbad header\r\n\r\n",
            })
    void whatIsNoHttpIsAnsweredWithTheSameErrorObject(String request) {
        RawAnswer answer = RawClient.request(server.port(), request);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("{\"error\":{\"message\":");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /api/conversations HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + TestServer.ADMIN
                        + "\r\nContent-Length: 100\r\n\r\n{\"id\":\"half",
                "POST /api/conversations HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + TestServer.ADMIN
                        + "\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"id\"",
                "GET /health/live HTTP/1.1\r\nHost: x\r\nX-Slow: he",
            })
    void aClientThatSendsOnlyHalfIsCutOff(String half) {
        RawAnswer answer = RawClient.request(server.port(), half);
        assertThat(answer.status()).isZero();
        assertThat(server.admin().get("/api/conversations/half").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Content-Length: 100        | {\"id\":\"half",
                "Transfer-Encoding: chunked | 5;{\"id\"",
                "Transfer-Encoding: chunked | zz;{\"id\":\"half\"};0;;",
            })
    void aBodyThatIsCutShortOrNotInChunksIsTheClientsFault(String header, String body) {
        RawAnswer answer = RawClient.lastRequest(
                server.port(), head("POST /api/conversations", header) + body.replace(";", "\r\n"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("Connection: close\r\n").contains("\"param\":\"body\"");
        assertThat(server.admin().get("/api/conversations/half").status()).isEqualTo(404);
    }

    @Test
    void twoThousandIdleConnectionsDoNotHurt() throws IOException {
        List<Socket> idle = new ArrayList<>();
        try {
            for (int i = 0; i < 2_000; i++) {
                idle.add(new Socket(InetAddress.getLoopbackAddress(), server.port()));
            }
            assertThat(server.anonymous().get("/health/live").status()).isEqualTo(200);
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
    }

    @Test
    void whatIsMeasuredNamesRoutesAndNoIds() {
        TestClient anna = server.as("metrics");
        anna.post("/api/conversations/secret-id/messages?create=true", "{\"role\":\"user\"}");
        anna.get("/api/conversations/secret-id/messages");
        anna.get("/nothing/secret-id");
        String metrics = server.anonymous().get("/metrics").text();
        assertThat(metrics)
                .contains("http_server_requests_seconds_count{method=\"GET\","
                        + "route=\"/api/conversations/{id}/messages\",status=\"200\"}")
                .contains("route=\"none\",status=\"404\"")
                .contains("verbatim_reads_total{source=")
                .contains(
                        "verbatim_cache_trusted 1",
                        "verbatim_postgres_up 1",
                        "verbatim_redis_up 1",
                        "verbatim_changes_behind_seconds 0")
                .doesNotContain("secret-id");
    }

    @Test
    void theFrontDoorSaysWhatThisIs() {
        assertThat(server.anonymous().get("/").text())
                .contains("Verbatim", "/openapi.json", "/api/login", "{\"code\":");
        assertThat(server.anonymous().get("/health/live").json().at("/status").asString())
                .isEqualTo("ok");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{", "[]", "{\"id\":1}", "{\"metadata\":[]}", "{\"title\":{}}", "{\"x\":1}", "{} {}", "\"a\""})
    void aConversationThatIsNotRightIsNotMade(String body) {
        Answer answer = server.as("strict").post("/api/conversations", body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.param()).isNotNull();
        assertThat(server.as("strict")
                        .get("/api/conversations")
                        .json()
                        .at("/data")
                        .size())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({"0", "256"})
    void anIdOfTheWrongLengthIsRefused(int length) {
        String id = "i".repeat(length);
        Answer answer = server.as("lengths").post("/api/conversations", "{\"id\":\"" + id + "\"}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.param()).isEqualTo("id");
        assertThat(server.as("lengths")
                        .get("/api/conversations/" + id + "x".repeat(length))
                        .status())
                .isIn(400, 404);
    }
}
