package dev.verbatim.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.verbatim.HistoryConfig;
import dev.verbatim.HistoryStore;
import dev.verbatim.HybridHistoryStore;
import dev.verbatim.Message;
import dev.verbatim.Owner;
import dev.verbatim.Slice;
import dev.verbatim.server.Main;
import dev.verbatim.server.ServerConfig;
import dev.verbatim.server.Settings;
import dev.verbatim.testkit.RealServers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {
    private static final String LINE = "{\"id\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}\n";

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final PrintStream formerErr = System.err;
    private HttpServer service;

    @BeforeEach
    void start() throws IOException {
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", exchange -> answer(exchange, 201, "{\"last_seq\":0,\"data\":[{\"seq\":1}]}"));
        service.createContext("/health/live", exchange -> answer(exchange, 200, "{}"));
        service.start();
    }

    @AfterEach
    void stop() {
        service.stop(0);
        System.setErr(formerErr);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private String port() {
        return Integer.toString(service.getAddress().getPort());
    }

    private int run(String... arguments) {
        return run(Map.of("PORT", port(), "VERBATIM_ADMIN_KEY", "k".repeat(32)), arguments);
    }

    private static int run(Map<String, String> settings, String... arguments) {
        ServerConfig config = ServerConfig.of(Settings.of(settings));
        return Main.commandLine(() -> config)
                .setErr(new PrintWriter(new StringWriter()))
                .execute(
                        Stream.concat(Stream.of("import"), Stream.of(arguments)).toArray(String[]::new));
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private String file(String content) throws IOException {
        return Files.writeString(directory.resolve("file.jsonl"), content).toString();
    }

    @Test
    void endsWithZeroWhenAllIsStored() throws IOException {
        assertThat(run(file(LINE.formatted("a") + LINE.formatted("b")), "--user", "ann"))
                .isZero();
        assertThat(said())
                .contains("import: 2 conversations, 2 messages stored now, 0 stored before, 0 entries skipped;");
    }

    @Test
    void endsWithTwoWhenSomethingWasSkippedAndNamesIt() throws IOException {
        assertThat(run(file(LINE.formatted("a") + "oops\n"), "--user", "ann", "--format", "jsonl"))
                .isEqualTo(2);
        assertThat(said())
                .contains("line 2: not valid JSON", "1 entry skipped", "1 conversation, 1 message stored now");
    }

    @Test
    void endsWithOneWhenNothingWasDone() throws IOException {
        assertThat(run(directory.resolve("missing").toString(), "--user", "ann"))
                .isEqualTo(1);
        assertThat(run(directory.toString(), "--user", "ann")).isEqualTo(1);
        assertThat(run("-", "--user", "ann")).isEqualTo(1);
        assertThat(said().lines())
                .hasSize(3)
                .allMatch(line -> line.contains("is not a file that can be read") && line.contains("standard input"));

        service.createContext("/api", exchange -> answer(exchange, 401, "{\"error\":{\"message\":\"unknown key\"}}"));
        assertThat(run(file(LINE.formatted("a")), "--user", "ann")).isEqualTo(1);
        assertThat(said())
                .contains("stopped: the service answered 401: unknown key")
                .doesNotContain("kkkk");
    }

    @Test
    void refusesAWrongCommand() throws IOException {
        String file = file(LINE.formatted("a"));

        assertThat(run(file)).isEqualTo(64);
        assertThat(run(file, "--user", "")).isEqualTo(64);
        assertThat(run(file, "--user", "ann", "--format", "word")).isEqualTo(64);
        assertThat(run("--user", "ann")).isEqualTo(64);
        assertThat(run(file, "--user-pattern", "(.*)/")).isEqualTo(64);
        assertThat(run(file, "--user", "ann", "--user-pattern", "(.*)/")).isEqualTo(64);
        assertThat(run(file, "--user-pattern", "(")).isEqualTo(64);
        assertThat(run(file, "--user-pattern", "^[a-z]+:")).isEqualTo(64);
    }

    @Test
    void bringsSessionsToWhomTheirIdsName() throws IOException {
        List<String> users = new CopyOnWriteArrayList<>();
        service.createContext("/api/conversations", exchange -> {
            users.add(exchange.getRequestHeaders().getFirst("Verbatim-User"));
            answer(exchange, 201, "{\"last_seq\":0,\"data\":[{\"seq\":1}]}");
        });
        String file = file("{\"ann:1\":[],\"x\":[]}");

        assertThat(run(file, "--user-pattern", "^(\\w+):")).isZero();
        assertThat(users).containsExactlyInAnyOrder("ann", "unknown");
        users.clear();
        assertThat(run(file)).isZero();
        assertThat(users).containsOnly("unknown");
    }

    @Test
    void refusesAHostilePickleByNameAndSendsNothing() throws IOException {
        assertThat(run(file("cos\nsystem\n(S'id'\ntR."), "--user", "ann")).isEqualTo(1);
        assertThat(said()).contains("import: the pickle asks for os.system, which is refused");
    }

    @Test
    void goesStraightToTheStoreWhenNoServiceRuns() throws IOException {
        service.stop(0);
        String database = RealServers.newDatabase();
        String redis = RealServers.emptyRedis();
        Map<String, String> settings = Map.of("PORT", port(), "DATABASE_URL", database, "REDIS_URL", redis);

        assertThat(run(settings, file(LINE.formatted("a")), "--user", "ann")).isZero();
        assertThat(run(settings, file(LINE.formatted("a")), "--user", "ann")).isZero();

        assertThat(said())
                .contains("no service runs at", "1 message stored now", "0 messages stored now, 1 stored before");
        try (HistoryStore store = HybridHistoryStore.open(HistoryConfig.of(database, redis))) {
            assertThat(store.read(Owner.named("ann"), "a", Slice.newest(20)).messages())
                    .singleElement()
                    .returns("a:1", Message::id);
        }
    }
}
