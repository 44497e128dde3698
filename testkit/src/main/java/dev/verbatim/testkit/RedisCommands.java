package dev.verbatim.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** The few commands that tests give Redis beside the code they test, over a plain socket. */
public final class RedisCommands {
    private static final int TEXT_MILLIS = 2_000;

    private RedisCommands() {}

    /** Forgets every key. */
    public static void flush(String url) {
        send(url, "FLUSHALL");
    }

    /** Sends one command without arguments that hold spaces; gives the first line of the answer. */
    public static String send(String url, String command) {
        URI uri = URI.create(url);
        try (Socket socket = new Socket(uri.getHost(), uri.getPort());
                BufferedReader answers =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            String login = uri.getUserInfo();
            if (login != null) {
                tell(socket, "AUTH " + login.substring(login.indexOf(':') + 1), answers);
            }
            return tell(socket, command, answers);
        } catch (IOException e) {
            throw new UncheckedIOException("Redis does not do " + command, e);
        }
    }

    /** Sends one command that is answered with a text, and gives all of it; waits for two seconds at most. */
    public static String text(String url, String command) {
        URI uri = URI.create(url);
        try (Socket socket = new Socket(uri.getHost(), uri.getPort());
                BufferedReader answers =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            socket.setSoTimeout(TEXT_MILLIS);
            int length = Integer.parseInt(tell(socket, command, answers).substring(1));
            char[] text = new char[length];
            for (int read = 0; read < length; ) {
                int more = answers.read(text, read, length - read);
                if (more < 0) {
                    throw new IOException("Redis ended in the middle of an answer");
                }
                read += more;
            }
            return new String(text);
        } catch (IOException e) {
            throw new UncheckedIOException("Redis does not do " + command, e);
        }
    }

    private static String tell(Socket socket, String command, BufferedReader answers) throws IOException {
        socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
        String answer = answers.readLine();
        if (answer == null || answer.startsWith("-")) {
            throw new IOException("Redis answered " + answer);
        }
        return answer;
    }
}
