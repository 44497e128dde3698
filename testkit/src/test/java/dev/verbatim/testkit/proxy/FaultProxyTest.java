package dev.verbatim.testkit.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verbatim.testkit.Await;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each trouble, as a client sees it. Whatever is to come late is held back for so long that nobody can see it too early. */
final class FaultProxyTest {
    private static final int SHORT_MILLIS = 100;
    private static final int LONG_MILLIS = 30_000;
    private static final Duration NEVER = Duration.ofHours(1);

    private Echo server;
    private FaultProxy proxy;

    @BeforeEach
    void open() throws IOException {
        server = new Echo();
        proxy = new FaultProxy("127.0.0.1", server.port());
        proxy.open();
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        server.close();
    }

    @Test
    void carriesBothWaysWhileNothingIsBroken() throws IOException {
        try (Socket client = connect()) {
            send(client, "all is well");
            assertThat(receive(client, 11)).isEqualTo("all is well");
        }
    }

    @Test
    void whatIsDelayedComesLateAndWhole() throws IOException {
        try (Socket client = connect()) {
            proxy.delay(Duration.ofMillis(10 * SHORT_MILLIS));
            send(client, "late");
            assertNothingComes(client);
            assertThat(receive(client, 4)).isEqualTo("late");
        }
    }

    @Test
    void aDelayThatIsHealedHoldsNothingBackAnyMore() throws IOException {
        try (Socket client = connect()) {
            proxy.delay(NEVER);
            send(client, "very late");
            assertNothingComes(client);
            proxy.heal();
            assertThat(receive(client, 9)).isEqualTo("very late");
        }
    }

    @Test
    void aBlackHoleTakesEverythingAndIsResetWhenHealed() throws IOException {
        try (Socket client = connect()) {
            proxy.blackHole();
            send(client, "lost");
            assertNothingComes(client);
            assertThat(server.bytes()).isZero();
            proxy.heal();
            assertIsReset(client);
        }
        assertCarries();
    }

    @Test
    void aConnectionThatLostNothingOutlivesABlackHole() throws IOException {
        try (Socket client = connect()) {
            proxy.blackHole();
            proxy.heal();
            send(client, "still here");
            assertThat(receive(client, 10)).isEqualTo("still here");
        }
    }

    @Test
    void requestsThatAreHeldReachTheServerWhenHealed() throws IOException {
        try (Socket client = connect()) {
            proxy.holdRequests();
            send(client, "held");
            assertNothingComes(client);
            assertThat(server.bytes()).isZero();
            proxy.heal();
            assertThat(receive(client, 4)).isEqualTo("held");
        }
    }

    @Test
    void answersThatAreHeldAreOfRequestsThatCameThrough() throws IOException {
        try (Socket client = connect()) {
            proxy.holdAnswers();
            send(client, "done");
            Await.until(() -> server.bytes() == 4);
            assertNothingComes(client);
            proxy.heal();
            assertThat(receive(client, 4)).isEqualTo("done");
        }
    }

    @Test
    void aResetEndsConnectionsAndLetsNewOnesIn() throws IOException {
        try (Socket client = connectToServer()) {
            proxy.reset();
            assertIsReset(client);
        }
        assertCarries();
    }

    @Test
    void aDripLetsAFewBytesThroughAtATime() throws IOException {
        try (Socket client = connect()) {
            proxy.drip(3, NEVER);
            send(client, "drop by drop");
            assertThat(receive(client, 3)).isEqualTo("dro");
            assertNothingComes(client);
            assertThat(server.bytes()).isEqualTo(3);
            proxy.heal();
            assertThat(receive(client, 9)).isEqualTo("p by drop");
        }
    }

    @Test
    void dripsGoOnByThemselves() throws IOException {
        try (Socket client = connect()) {
            proxy.drip(2, Duration.ofMillis(1));
            send(client, "drop by drop");
            assertThat(receive(client, 12)).isEqualTo("drop by drop");
        }
    }

    @Test
    void aTroubleHoldsForConnectionsThatAreMadeLater() throws IOException {
        proxy.holdRequests();
        try (Socket client = connect()) {
            send(client, "held");
            assertNothingComes(client);
            proxy.heal();
            assertThat(receive(client, 4)).isEqualTo("held");
        }
    }

    @Test
    void nobodyGetsInWhileItIsClosed() throws IOException {
        try (Socket client = connectToServer()) {
            proxy.close();
            assertIsReset(client);
        }
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), proxy.port()))
                .isInstanceOf(ConnectException.class);
        proxy.open();
        assertCarries();
    }

    private Socket connect() throws IOException {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        client.setSoTimeout(LONG_MILLIS);
        return client;
    }

    /** One that has been used, so that it surely leads to the server. */
    private Socket connectToServer() throws IOException {
        Socket client = connect();
        send(client, "hello");
        assertThat(receive(client, 5)).isEqualTo("hello");
        return client;
    }

    private void assertCarries() throws IOException {
        connectToServer().close();
    }

    private static void send(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String receive(Socket client, int bytes) throws IOException {
        byte[] received = client.getInputStream().readNBytes(bytes);
        return new String(received, StandardCharsets.US_ASCII);
    }

    private static void assertNothingComes(Socket client) throws IOException {
        client.setSoTimeout(SHORT_MILLIS);
        assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        client.setSoTimeout(LONG_MILLIS);
    }

    private static void assertIsReset(Socket client) {
        assertThatThrownBy(() -> client.getInputStream().read())
                .isInstanceOf(SocketException.class)
                .hasMessageContaining("reset");
    }
}
