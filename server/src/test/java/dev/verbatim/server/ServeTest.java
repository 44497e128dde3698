package dev.verbatim.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.testkit.RealServers;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code verbatim serve} as a process of its own, as a person starts and stops it. */
class ServeTest {
    private static final Pattern READY = Pattern.compile("Verbatim is ready at http://([^\\s]+)");
    private static final Pattern CODE = Pattern.compile("\"code\":\"([^\"]+)\"");

    @SuppressWarnings("NullAway.Init")
    private static String database;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @BeforeAll
    static void makeDatabase() {
        database = RealServers.newDatabase();
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put("PORT", "0");
        settings.put("DATABASE_URL", database);
        settings.put("REDIS_URL", RealServers.emptyRedis());
        settings.put("VERBATIM_DATA_DIR", directory.resolve("data").toString());
        return settings;
    }

    @Test
    void itStartsServesAndStopsAsTold() throws Exception {
        try (Serve serve = Serve.start(directory, settings())) {
            String address = serve.awaitOutput(READY);
            String code = serve.awaitOutput(CODE);
            TestClient anybody = new TestClient("http://" + address);
            String key = Files.readString(directory.resolve("data/api-key")).strip();
            assertThat(serve.output()).contains("curl").doesNotContain(key);
            TestClient admin = anybody.key(key);
            assertThat(admin.post("/api/conversations/first/messages?create=true", "{\"role\":\"user\"}")
                            .status())
                    .isEqualTo(201);
            assertThat(anybody.post("/api/login", "{\"code\":\"" + code + "\"}").status())
                    .isEqualTo(200);
            serve.terminate();
            assertThat(serve.exitCode()).isEqualTo(143);
            assertThat(serve.errors()).doesNotContain(key, code, "WARN", "ERROR");
            assertThat(serve.errors().stripTrailing()).endsWith("stopped");
        }
        try (Serve again = Serve.start(directory, settings())) {
            TestClient anybody = new TestClient("http://" + again.awaitOutput(READY));
            String key = Files.readString(directory.resolve("data/api-key")).strip();
            assertThat(anybody.key(key)
                            .get("/api/conversations/first/messages")
                            .json()
                            .at("/data")
                            .size())
                    .isEqualTo(1);
        }
    }

    private void refuses(Map<String, String> changed, String... words) throws IOException {
        Map<String, String> settings = settings();
        settings.putAll(changed);
        try (Serve serve = Serve.start(directory, settings)) {
            assertThat(serve.exitCode()).isEqualTo(1);
            assertThat(serve.errors().strip().lines()).as(serve.errors()).hasSize(1);
            assertThat(serve.errors()).startsWith("verbatim: ").contains(words).doesNotContain("secret-word");
            assertThat(serve.output()).isEmpty();
        }
    }

    @Test
    void aPortThatIsTakenIsSaid() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            refuses(Map.of("PORT", port), port, "PORT");
        }
    }

    @Test
    void aDatabaseThatIsAwayIsSaid() throws IOException {
        refuses(Map.of("DATABASE_URL", "postgresql://u:secret-word@127.0.0.1:1/db"), "127.0.0.1:1");
    }

    @Test
    void aWrongDatabaseUrlIsSaid() throws IOException {
        refuses(Map.of("DATABASE_URL", "postgresql://u:secret-word@:nonsense:/"), "DATABASE_URL");
        refuses(Map.of("DATABASE_URL", "mysql://u:secret-word@localhost/db"), "DATABASE_URL");
    }

    @Test
    void aDataDirectoryThatCannotBeWrittenIsSaid() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "not a directory");
        refuses(Map.of("VERBATIM_DATA_DIR", file.resolve("data").toString()), file.toString(), "VERBATIM_DATA_DIR");
    }

    @Test
    void aHostThatIsNoneOfThisMachinesIsSaid() throws IOException {
        refuses(Map.of("HOST", "192.0.2.1"), "192.0.2.1", "HOST");
    }

    @Test
    void aWrongSettingIsSaid() throws IOException {
        refuses(Map.of("VERBATIM_ADMIN_KEY", "secret-word"), "VERBATIM_ADMIN_KEY", "32");
    }

    private static String run(int expected, String... args) {
        StringWriter text = new StringWriter();
        CommandLine command = Main.commandLine().setErr(new PrintWriter(text)).setOut(new PrintWriter(text));
        assertThat(command.execute(args)).isEqualTo(expected);
        return text.toString();
    }

    @Test
    void aWrongCommandLineIsOneLineAnd64() {
        for (String[] args : new String[][] {{}, {"sevre"}, {"serve", "--nonsense"}, {"serve", "extra"}}) {
            assertThat(run(64, args).strip().lines()).hasSize(1);
        }
    }

    @Test
    void everyCommandHasHelp() {
        Main.commandLine()
                .getSubcommands()
                .keySet()
                .forEach(name -> assertThat(run(0, name, "--help")).contains("Usage: verbatim " + name));
        assertThat(run(0, "--help")).contains("serve");
    }
}
