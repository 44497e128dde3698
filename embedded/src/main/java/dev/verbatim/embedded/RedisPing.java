package dev.verbatim.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** The two commands of Redis's protocol that are needed to see that it serves. */
final class RedisPing {
    private static final int TIMEOUT_MILLIS = 5_000;
    private static final String EXPECTED = "+OK\r\n+PONG\r\n";

    private RedisPing() {}

    static boolean answers(int port, String password) {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(
                    new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), TIMEOUT_MILLIS);
            socket.getOutputStream().write(("AUTH " + password + "\r\nPING\r\n").getBytes(StandardCharsets.US_ASCII));
            byte[] answer = socket.getInputStream().readNBytes(EXPECTED.length());
            return new String(answer, StandardCharsets.US_ASCII).equals(EXPECTED);
        } catch (IOException e) {
            return false;
        }
    }
}
