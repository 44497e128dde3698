package dev.verbatim.faults.site;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** What a service says of itself. */
final class Health {
    private static final int TIMEOUT_MILLIS = 5_000;

    private Health() {}

    /** Whether the service on that port says that all is well with it and what it needs. */
    static boolean isWell(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream()
                    .write("GET /health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            return in.lines().anyMatch(line -> line.contains("\"status\":\"ok\""));
        } catch (IOException | java.io.UncheckedIOException e) {
            return false;
        }
    }
}
