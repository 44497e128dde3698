package dev.verbatim.bench.process;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Redis as the one who runs it sees it. */
public final class RedisAdmin implements AutoCloseable {
    private static final int SHORT_HASH = 8;

    private final RedisURI uri;
    private final String password;
    private final RedisClient client;
    private final StatefulRedisConnection<String, String> connection;

    RedisAdmin(String url) {
        uri = RedisURI.create(url);
        String credentials = Objects.requireNonNullElse(URI.create(url).getUserInfo(), "");
        password = credentials.substring(credentials.indexOf(':') + 1);
        client = RedisClient.create(uri);
        connection = client.connect();
    }

    /** Takes all keys away. */
    public void flush() {
        connection.sync().flushall();
    }

    /** How many bytes Redis has allocated. */
    public long usedMemory() {
        return info("memory", "used_memory:");
    }

    private long info(String section, String field) {
        return connection
                .sync()
                .info(section)
                .lines()
                .filter(line -> line.startsWith(field))
                .mapToLong(line -> Long.parseLong(line.substring(field.length()).strip()))
                .findFirst()
                .orElseThrow();
    }

    /** The keys that look like {@code pattern}. */
    public List<String> keys(String pattern) {
        return connection.sync().keys(pattern);
    }

    /** How many bytes an entry costs Redis, with its key and all it keeps of it. */
    public long memoryUsage(String key) {
        return connection.sync().memoryUsage(key);
    }

    /** How many bytes the string at {@code key} has. */
    public long length(String key) {
        return connection.sync().strlen(key);
    }

    /** The version of the server. */
    public String version() {
        return connection
                .sync()
                .info("server")
                .lines()
                .filter(line -> line.startsWith("redis_version:"))
                .findFirst()
                .orElseThrow()
                .substring("redis_version:".length());
    }

    /** The names of the commands that clients, not scripts, send while {@code task} runs. */
    public List<String> commandsOf(Runnable task) {
        List<String> names = new ArrayList<>();
        try (Socket socket = new Socket(uri.getHost(), uri.getPort());
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            String end = "the-end-of-" + System.nanoTime();
            socket.getOutputStream().write(("AUTH " + password + "\r\nMONITOR\r\n").getBytes(StandardCharsets.UTF_8));
            in.readLine();
            in.readLine();
            task.run();
            connection.sync().echo(end);
            for (String line = in.readLine(); line != null && !line.contains(end); line = in.readLine()) {
                String sender = line.substring(line.indexOf('[') + 1, line.indexOf(']'));
                if (!sender.endsWith("lua")) {
                    names.add(name(line.substring(line.indexOf(']') + 2)));
                }
            }
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A command's name, with the beginning of its hash when it runs a script. */
    private static String name(String command) {
        String[] words = command.split(" ", 3);
        String name = words[0].replace("\"", "").toUpperCase(Locale.ROOT);
        return name.equals("EVALSHA") ? name + " " + words[1].substring(1, 1 + SHORT_HASH) : name;
    }

    @Override
    public void close() {
        connection.close();
        client.shutdown();
    }
}
