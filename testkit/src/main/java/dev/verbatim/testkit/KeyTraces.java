package dev.verbatim.testkit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Looks for words in every key of a Redis and in what it holds, of whatever type. */
public final class KeyTraces {
    private static final Map<String, String> READ = Map.of(
            "string", "GET %s",
            "hash", "HGETALL %s",
            "list", "LRANGE %s 0 -1",
            "set", "SMEMBERS %s",
            "zset", "ZRANGE %s 0 -1",
            "stream", "XRANGE %s - +");

    private KeyTraces() {}

    /** The keys that have one of {@code words} in their name or value, with all they hold. */
    public static Map<String, List<String>> of(String url, Collection<String> words) {
        Map<String, List<String>> found = new TreeMap<>();
        URI uri = URI.create(url);
        try (Socket socket = new Socket(uri.getHost(), uri.getPort());
                InputStream answers = new BufferedInputStream(socket.getInputStream())) {
            String login = uri.getUserInfo();
            if (login != null) {
                ask(socket, answers, "AUTH " + login.substring(login.indexOf(':') + 1));
            }
            for (String key : ask(socket, answers, "KEYS *")) {
                String type = ask(socket, answers, "TYPE " + key).getFirst();
                String read = READ.get(type);
                List<String> value = read == null ? List.of() : ask(socket, answers, read.formatted(key));
                String all = key + value;
                if (words.stream().anyMatch(all::contains)) {
                    found.put(key, value);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Redis does not say what it holds", e);
        }
        return found;
    }

    /** All texts of an answer, one after the other. */
    private static List<String> ask(Socket socket, InputStream answers, String command) throws IOException {
        socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
        List<String> texts = new ArrayList<>();
        read(answers, texts);
        return texts;
    }

    private static void read(InputStream answers, List<String> texts) throws IOException {
        String line = line(answers);
        switch (line.charAt(0)) {
            case '*' -> {
                for (int left = Integer.parseInt(line.substring(1)); left > 0; left--) {
                    read(answers, texts);
                }
            }
            case '$' -> {
                int length = Integer.parseInt(line.substring(1));
                if (length >= 0) {
                    texts.add(new String(answers.readNBytes(length), StandardCharsets.UTF_8));
                    answers.skipNBytes(2);
                }
            }
            case '-' -> throw new IOException("Redis answered " + line);
            default -> texts.add(line.substring(1));
        }
    }

    private static String line(InputStream answers) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = answers.read(); next != '\r'; next = answers.read()) {
            if (next < 0) {
                throw new IOException("Redis ended in the middle of an answer");
            }
            line.append((char) next);
        }
        answers.skipNBytes(1);
        return line.toString();
    }
}
