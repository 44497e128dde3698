package dev.verbatim.browser;

import dev.verbatim.testkit.RealServers;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service as a process on real PostgreSQL and Redis, and what an application would ask of it. */
final class Service implements AutoCloseable {
    static final String ADMIN_KEY = "admin-key-admin-key-admin-key-32";

    /** Machines may be busy when it starts. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Pattern READY = Pattern.compile("Verbatim is ready at (http://[^\\s]+)");
    private static final Pattern LINK = Pattern.compile("(http://[^\\s]+/#code=[^\\s]+)");
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Process process;
    private final Path output;
    private final String database;
    private final String address;

    private Service(Process process, Path output, String database) {
        this.process = process;
        this.output = output;
        this.database = database;
        this.address = printed(READY);
    }

    static Service start(Path directory, String modelUrl) {
        try {
            Files.createDirectories(directory);
            String database = RealServers.newDatabase();
            Path output = Files.createTempFile(directory, "output", ".txt");
            ProcessBuilder builder = new ProcessBuilder(
                            System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                            "--enable-native-access=ALL-UNNAMED",
                            "-XX:TieredStopAtLevel=1",
                            "-Duser.language=tr",
                            "-Duser.timezone=Asia/Kathmandu",
                            "-cp",
                            System.getProperty("java.class.path"),
                            "dev.verbatim.server.Main",
                            "serve")
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment()
                    .putAll(Map.of(
                            "PORT",
                            "0",
                            "DATABASE_URL",
                            database,
                            "REDIS_URL",
                            RealServers.emptyRedis(),
                            "VERBATIM_DATA_DIR",
                            directory.resolve("data").toAbsolutePath().toString(),
                            "VERBATIM_ADMIN_KEY",
                            ADMIN_KEY,
                            "OPENAI_BASE_URL",
                            modelUrl,
                            "OPENAI_API_KEY",
                            "sk-test",
                            "OPENAI_MODEL",
                            "small"));
            return new Service(builder.start(), output, database);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it is, without a slash at the end. */
    String address() {
        return address;
    }

    /** The link that it printed, with a code in it. */
    String link() {
        return printed(LINK);
    }

    private String printed(Pattern pattern) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            boolean over = !process.isAlive() || System.nanoTime() > deadline;
            Matcher matcher = pattern.matcher(text());
            if (matcher.find()) {
                return matcher.group(1);
            } else if (over) {
                process.destroyForcibly();
                throw new AssertionError("the service did not start: " + text());
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    private String text() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A call with the admin key, for the user named, or for the admin. */
    String call(String method, String path, @Nullable String user, @Nullable String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path))
                .header("Authorization", "Bearer " + ADMIN_KEY)
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (user != null) {
            request.header("Verbatim-User", user);
        }
        try {
            HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new AssertionError(method + " " + path + ": " + response.statusCode() + " " + response.body());
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    JsonNode json(String method, String path, @Nullable String user, @Nullable String body) {
        return JSON.readTree(call(method, path, user, body));
    }

    /** Makes a user who logs in with the password {@code correct horse}; returns the email. */
    String newUser() {
        String email = UUID.randomUUID() + "@example.org";
        call("POST", "/api/users", null, "{\"email\":\"" + email + "\",\"password\":\"correct horse\"}");
        return email;
    }

    /** Gives a user who has one conversation so many more without messages; to bring them one by one takes its time. */
    void fill(int conversations, String user) {
        String sql =
                "INSERT INTO conversations (user_id, id, created_at, updated_at, active_minute, last_seq, gen, external_id,"
                        + " title) SELECT u.id, gen_random_uuid(), t, t, date_trunc('minute', t, 'UTC'), 0, 1, 'c' || i,"
                        + " 'Number ' || i || '.' FROM users u, generate_series(1, ?) AS i, LATERAL (SELECT now() - i * interval"
                        + " '10 minutes' AS t) AS times WHERE u.name = ?";
        try (Connection connection = DriverManager.getConnection(database);
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, conversations);
            statement.setString(2, user);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
