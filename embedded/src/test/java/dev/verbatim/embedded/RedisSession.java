package dev.verbatim.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Just enough of Redis's protocol for these tests: a command in one line, an answer of strings. */
final class RedisSession implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader in;

    RedisSession(String uri) throws IOException {
        URI parsed = URI.create(uri);
        socket = new Socket(parsed.getHost(), parsed.getPort());
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        send("AUTH " + parsed.getUserInfo().substring(1));
    }

    static List<String> once(String uri, String command) throws IOException {
        try (var session = new RedisSession(uri)) {
            return session.send(command);
        }
    }

    List<String> send(String command) throws IOException {
        socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
        return answer();
    }

    private List<String> answer() throws IOException {
        String line = String.valueOf(in.readLine());
        if (line.startsWith("*")) {
            List<String> all = new ArrayList<>();
            for (int i = Integer.parseInt(line.substring(1)); i > 0; i--) {
                all.addAll(answer());
            }
            return all;
        }
        return line.startsWith("$") && !line.equals("$-1") ? List.of(in.readLine()) : List.of(line);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
