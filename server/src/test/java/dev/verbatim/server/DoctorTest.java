package dev.verbatim.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.HistoryConfig;
import dev.verbatim.HybridHistoryStore;
import dev.verbatim.server.TestClient.Answer;
import dev.verbatim.testkit.RealServers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code GET /api/admin/doctor}, {@code GET /api/admin/tables} and {@code verbatim doctor}, on real servers. */
class DoctorTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private final String database = RealServers.newDatabase();
    private final String redis = RealServers.emptyRedis();
    private final HybridHistoryStore store = HybridHistoryStore.open(HistoryConfig.of(database, redis));

    @SuppressWarnings("NullAway.Init") // set before each
    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.with(
                store,
                store.accounts(),
                Map.of("DATABASE_URL", database, "REDIS_URL", redis, "VERBATIM_DATA_DIR", directory.toString()));
    }

    @AfterEach
    void stop() {
        server.close();
        store.close();
    }

    @Test
    void allIsLookedAtAndIsWell() {
        JsonNode answer = server.admin().get("/api/admin/doctor").json();
        Map<String, JsonNode> findings = findings(answer);
        assertThat(findings.keySet())
                .contains(
                        "PostgreSQL answers",
                        "the tables are as this Verbatim needs them",
                        "the clocks of PostgreSQL and of this machine agree",
                        "fsync is on",
                        "synchronous_commit is on",
                        "no statement is slow",
                        "Redis answers",
                        "Redis evicts what is used least",
                        "most looks in Redis find an entry",
                        "the service knows what other servers changed",
                        "the disk has room",
                        "enough files may be open");
        assertThat(one(findings, "PostgreSQL answers").path("found").asString()).matches("version \\d+.*");
        assertThat(one(findings, "Redis answers").path("found").asString()).matches("version \\d+.*");
        assertThat(one(findings, "the service knows what other servers changed")
                        .path("well")
                        .asBoolean())
                .isTrue();
        findings.values().forEach(one -> {
            assertThat(one.path("meaning").asString()).isNotBlank();
            assertThat(one.path("remedy").isString())
                    .as(one.toString())
                    .isNotEqualTo(one.path("well").asBoolean());
        });
    }

    @Test
    void whatIsNotWellIsSaidWithWhatToDo() throws Exception {
        execute("ALTER DATABASE " + name() + " SET synchronous_commit = off");
        execute("CREATE INDEX broken ON query_logs (model)");
        execute("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'broken'::regclass");
        JsonNode answer = server.admin().get("/api/admin/doctor").json();
        assertThat(answer.path("well").asBoolean()).isFalse();
        Map<String, JsonNode> findings = findings(answer);
        JsonNode commit = one(findings, "synchronous_commit is on");
        assertThat(commit.path("well").asBoolean()).isFalse();
        assertThat(commit.path("found").asString()).isEqualTo("off");
        assertThat(commit.path("remedy").asString()).contains("Set synchronous_commit = on");
        JsonNode tables = one(findings, "the tables are as this Verbatim needs them");
        assertThat(tables.path("found").asString()).contains("broken");
        assertThat(tables.path("remedy").asString()).contains("./verbatim schema status");
    }

    @Test
    void theCommandSaysAllAndServersThatAreAwayAreFindings() {
        Map<String, String> settings = new HashMap<>(
                Map.of("DATABASE_URL", database, "REDIS_URL", redis, "PORT", Integer.toString(server.port())));
        assertThat(Cli.execute(settings, "doctor").text())
                .contains("yes  PostgreSQL answers: version", "yes  Redis answers: version")
                .contains("yes  the service answers: at 127.0.0.1:" + server.port())
                .contains("yes  the service knows what other servers changed");
        settings.put("DATABASE_URL", "jdbc:postgresql://127.0.0.1:1/none");
        settings.put("REDIS_URL", "redis://127.0.0.1:1");
        assertThat(Cli.run(1, settings, "doctor"))
                .contains("NO   PostgreSQL answers", "or name the right one in DATABASE_URL")
                .contains("NO   Redis answers", "or name the right one in REDIS_URL")
                .contains("2 of ");
    }

    @Test
    void tablesAreShownWithTheirNewestRowsButNoSecret() {
        String hash = "argon2";
        server.newUser("ann@example.org", "correct horse");
        server.as("bob").post("/api/conversations/c/messages?create=true", "{\"role\":\"user\",\"content\":\"first\"}");
        server.as("bob").post("/api/conversations/c/messages", "{\"role\":\"user\",\"content\":\"second\"}");
        Answer answer = server.admin().get("/api/admin/tables?limit=1");
        JsonNode tables = answer.json().path("data");
        Map<String, JsonNode> named = new HashMap<>();
        tables.forEach(table -> named.put(table.path("name").asString(), table));
        assertThat(named.keySet()).contains("messages", "conversations", "users", "change_log", "query_logs");
        assertThat(one(named, "messages").path("bytes").asLong()).isPositive();
        assertThat(one(named, "messages").path("rows").isIntegralNumber()).isTrue();
        assertThat(one(named, "messages").path("newest")).hasSize(1);
        assertThat(one(named, "messages").at("/newest/0/body").asString()).contains("second");
        assertThat(one(named, "users").at("/newest/0").has("password_hash")).isFalse();
        assertThat(one(named, "login_tokens").path("newest")).isEmpty();
        assertThat(answer.text()).doesNotContain(hash);
        assertThat(server.admin().get("/api/admin/tables?limit=0").status()).isEqualTo(400);
    }

    private static Map<String, JsonNode> findings(JsonNode answer) {
        Map<String, JsonNode> findings = new HashMap<>();
        answer.path("findings").forEach(one -> findings.put(one.path("question").asString(), one));
        return findings;
    }

    private static JsonNode one(Map<String, JsonNode> all, String name) {
        return Objects.requireNonNull(all.get(name), name);
    }

    private String name() {
        return "\"" + database.replaceFirst("\\?.*", "").replaceFirst(".*/", "") + "\"";
    }

    private void execute(String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
