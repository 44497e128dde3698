package dev.verbatim.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.server.TestClient.Answer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What holds for the body of every request: its size, its coding, its bytes. */
class HttpBodyTest {
    private static final String C = "/api/conversations/c/messages?create=true";
    private static final int MIB = 1 << 20;

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

    @Test
    void aBodyOfFiveMebibytesIsRefusedAndTheConnectionGoesOn() {
        String body = "{\"role\":\"user\",\"content\":\"" + "x".repeat(5 * MIB) + "\"}";
        RawAnswer answer = RawClient.request(
                server.port(),
                HttpTest.head("POST " + C, "Content-Length: " + body.length())
                        + body
                        + HttpTest.head("GET /health/live", "Connection: close"));
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.text()).contains("body_too_large").contains("HTTP/1.1 200");
    }

    @Test
    void aBodyOfFiftyMebibytesIsRefusedWithAnAnswer() {
        byte[] body = new byte[50 * MIB];
        try (TestServer patient = TestServer.start()) {
            Answer answer = patient.admin().sendBody("POST", C, BodyPublishers.ofByteArray(body));
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.code()).isEqualTo("body_too_large");
        }
    }

    @Test
    void whoSendsFiftyMebibytesInChunksBeforeReadingGetsTheAnswer() {
        byte[] chunk = ("100000\r\n" + "x".repeat(MIB) + "\r\n").getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(
                HttpTest.head("POST " + C, "Transfer-Encoding: chunked").getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < 50; i++) {
            request.writeBytes(chunk);
        }
        request.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        try (TestServer patient = TestServer.start()) {
            RawAnswer answer = RawClient.request(patient.port(), request.toByteArray());
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.text()).contains("body_too_large").contains("Connection: close");
        }
    }

    @Test
    void aMessageOfMoreThanTwoMebibytesIsRefused() {
        Answer answer = server.admin().post(C, "{\"role\":\"user\",\"content\":\"" + "x".repeat(2 * MIB) + "\"}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(server.admin()
                        .post(C, "{\"role\":\"user\",\"content\":\"" + "x".repeat(MIB) + "\"}")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void aChunkedBodyIsTaken() {
        byte[] body = "{\"role\":\"user\",\"content\":\"chunked\"}".getBytes(StandardCharsets.UTF_8);
        Answer answer = server.as("chunked")
                .sendBody("POST", C, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.text()).contains("chunked");
    }

    @Test
    void aBodyNobodyAskedForIsDropped() {
        RawAnswer answer = RawClient.request(
                server.port(),
                HttpTest.head("GET /health/live", "Content-Length: 5") + "hello"
                        + HttpTest.head("GET /api/me", "Connection: close"));
        assertThat(answer.text().split("HTTP/1.1 200", -1)).hasSize(3);
    }

    @Test
    void whoAsksBeforeSendingATooLargeBodyIsToldAtOnce() {
        RawAnswer answer = RawClient.request(
                server.port(), HttpTest.head("POST " + C, "Content-Length: " + 50 * MIB, "Expect: 100-continue"));
        assertThat(answer.status()).isEqualTo(413);
    }

    @Test
    void aBodyThatIsNotUtf8IsRefused() {
        byte[] head = HttpTest.head("POST " + C, "Content-Length: 19", "Connection: close")
                .getBytes(StandardCharsets.UTF_8);
        byte[] body = "{\"role\":\"u\",\"c\":\"?\"}".getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[head.length + body.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        for (int i = head.length; i < all.length; i++) {
            all[i] = all[i] == '?' ? (byte) 0xFF : all[i];
        }
        RawAnswer answer = RawClient.request(server.port(), all);
        assertThat(answer.status()).isEqualTo(400);
    }
}
