package dev.verbatim.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.server.migration.Load;
import dev.verbatim.testkit.RealServers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The walk of MIGRATION.md with real processes, while people go on writing: there and back, each a restart apart. */
@Tag("slow")
class MigrationWalkTest {
    private static final Pattern READY = Pattern.compile("Verbatim is ready at http://([^\\s]+)");
    private static final int MESSAGES_A_MODE = 150;

    /** What Python writes for {@code {"pickled": [{"role": "user", "content": "hello"}]}} in protocol 0. */
    private static final String PICKLE =
            "(dp0\nVpickled\np1\n(lp2\n(dp3\nVrole\np4\nVuser\np5\nsVcontent\np6\nVhello\np7\nsas.";

    private static final String SESSIONS =
            "{\"bob:1\":[{\"role\":\"user\",\"content\":\"one\"},{\"role\":\"assistant\",\"content\":\"two\"}]}";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private final Map<String, String> settings = new HashMap<>();

    private Serve start(String mode) throws IOException {
        settings.put("STORE_MODE", mode);
        Serve serve = Serve.start(directory, settings);
        try {
            serve.awaitOutput(READY);
            return serve;
        } catch (AssertionError e) {
            serve.close();
            throw e;
        }
    }

    private String run(int status, String... arguments) throws IOException {
        try (Serve command = Serve.run(directory, settings, arguments)) {
            assertThat(command.exitCode()).as(command.errors()).isEqualTo(status);
            return command.output();
        }
    }

    private void serveIn(String mode, Load load) throws IOException {
        try (Serve serve = start(mode)) {
            load.awaitMore(MESSAGES_A_MODE);
            if (mode.equals("dual")) {
                assertThat(run(0, "migrate", "status")).contains("STORE_MODE=dual", " 0 differed");
            }
            serve.terminate();
            assertThat(serve.exitCode()).isEqualTo(143);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void fromMemoryToPostgresAndBackNothingAcknowledgedIsLost() throws IOException {
        int port = freePort();
        settings.put("PORT", Integer.toString(port));
        settings.put("DATABASE_URL", RealServers.newDatabase());
        settings.put("REDIS_URL", RealServers.emptyRedis());
        settings.put("VERBATIM_ADMIN_KEY", TestServer.ADMIN);
        settings.put("VERBATIM_DATA_DIR", directory.resolve("data").toString());
        TestClient client =
                new TestClient("http://127.0.0.1:" + port).key(TestServer.ADMIN).with("Verbatim-User", "ann");
        try (Load load = new Load(client)) {
            serveIn("memory", load);
            assertThat(run(1, "migrate", "status")).contains("sessions.jsonl");
            try (Serve memory = start("memory")) {
                bringSessions();
                memory.terminate();
                assertThat(memory.exitCode()).isEqualTo(143);
            }
            serveIn("dual", load);
            try (Serve killed = start("dual")) {
                load.awaitMore(MESSAGES_A_MODE);
                killed.kill();
                killed.exitCode();
            }
            serveIn("dual", load);
            serveIn("hybrid", load);
            serveIn("dual", load);
            serveIn("memory", load);
            try (Serve memory = start("memory")) {
                load.awaitMore(MESSAGES_A_MODE);
                load.stop();
                load.checkAll();
                TestClient bob = client.with("Verbatim-User", "bob");
                assertThat(bob.get("/api/conversations/bob%3A1/messages").text())
                        .contains("\"one\"", "\"two\"");
                assertThat(bob.get("/api/conversations/pickled/messages").text())
                        .contains("\"hello\"");
                memory.terminate();
            }
        }
    }

    private void bringSessions() throws IOException {
        Path json = Files.writeString(directory.resolve("sessions.json"), SESSIONS);
        Path pickle = Files.writeString(directory.resolve("sessions.pkl"), PICKLE);
        run(0, "import", json.toString(), "--user-pattern", "^([^:]+):");
        run(0, "import", pickle.toString(), "--user", "bob");
    }
}
