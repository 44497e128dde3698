package dev.verbatim.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One data directory through many starts, most of them after something happened to it. */
class RestartTest {
    @TempDir
    private static Path directory;

    private static String firstUrl;
    private static String firstUri;

    @BeforeAll
    static void firstStart() throws Exception {
        // As a start that was killed in the middle of unpacking and of initdb leaves it.
        Files.createDirectories(directory.resolve("bin/postgres-18-1.tmp/bin"));
        Files.createDirectories(directory.resolve("bin/redis-0.tmp"));
        Files.writeString(directory.resolve("bin/redis-0.tmp/redis-server"), "half");
        Files.createDirectories(directory.resolve("postgres.tmp/data"));
        Files.writeString(directory.resolve("postgres.tmp/data/PG_VERSION"), "18\n");
        try (var servers = start()) {
            firstUrl = servers.jdbcUrl();
            firstUri = servers.redisUri();
            Sql.run(firstUrl, "CREATE TABLE kept AS SELECT 42 AS n");
            RedisSession.once(firstUri, "SET key value");
        }
    }

    private static EmbeddedServers start() {
        return EmbeddedServers.start(EmbeddedConfig.of(directory));
    }

    private static void assertKept(EmbeddedServers servers) throws Exception {
        assertThat(Sql.value(servers.jdbcUrl(), "SELECT n FROM kept")).isEqualTo("42");
    }

    @Test
    void halfThingsOfAKilledStartAreGone() {
        assertThat(directory.resolve("postgres.tmp")).doesNotExist();
        assertThat(directory.resolve("bin"))
                .isDirectoryNotContaining(path -> path.toString().endsWith(".tmp"));
    }

    @Test
    void postgresRemembersAndRedisForgetsOnTheSamePorts() throws Exception {
        try (var servers = start()) {
            assertKept(servers);
            assertThat(RedisSession.once(servers.redisUri(), "EXISTS key")).containsExactly(":0");
            assertThat(servers.jdbcUrl()).isEqualTo(firstUrl);
            assertThat(servers.redisUri()).isEqualTo(firstUri);
        }
    }

    @Test
    void closingTwiceIsFineAndLeavesNothingRunningNorADump() throws IOException {
        EmbeddedServers servers = start();
        List<Long> pids = servers.pids();
        servers.close();
        servers.close();
        assertThat(pids).hasSize(2).allMatch(pid -> ProcessHandle.of(pid).isEmpty());
        assertThat(Orphans.find(directory.resolve("bin"))).isEmpty();
        assertThat(directory.resolve("redis")).isEmptyDirectory();
    }

    @Test
    void secretsAreForTheOwnerAlone() throws IOException {
        for (String name : List.of("postgres.password", "redis.password", "postgres.log", "redis.log")) {
            assertThat(Files.getPosixFilePermissions(directory.resolve(name)).toString())
                    .doesNotContain("GROUP", "OTHERS");
        }
        String logs =
                Files.readString(directory.resolve("postgres.log")) + Files.readString(directory.resolve("redis.log"));
        assertThat(logs)
                .doesNotContain(
                        Files.readString(directory.resolve("postgres.password")).strip())
                .doesNotContain(
                        Files.readString(directory.resolve("redis.password")).strip());
    }

    @Test
    void takenPortIsReplaced() throws Exception {
        int port = URI.create(firstUri).getPort();
        try (var taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
                var servers = start()) {
            assertThat(URI.create(servers.redisUri()).getPort()).isNotEqualTo(taken.getLocalPort());
            assertKept(servers);
        }
        Files.writeString(directory.resolve("redis.port"), port + "\n");
    }

    @Test
    void strangerWithTheNumberOfTheOldPostmasterIsLeftAlone() throws Exception {
        Process stranger = new ProcessBuilder("sleep", "600").start();
        try {
            Files.writeString(
                    directory.resolve("postgres/postmaster.pid"),
                    stranger.pid() + "\n" + directory.resolve("postgres") + "\n");
            try (var servers = start()) {
                assertKept(servers);
            }
            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void dataOfAnotherMajorVersionIsLeftAlone() throws Exception {
        Path version = directory.resolve("postgres/PG_VERSION");
        Files.writeString(version, "16\n");
        assertThatThrownBy(RestartTest::start)
                .isInstanceOf(EmbeddedException.class)
                .hasMessageContaining("PostgreSQL 16")
                .hasMessageContaining("brings PostgreSQL 18");
        assertThat(Orphans.find(directory.resolve("bin"))).isEmpty();
        Files.writeString(version, "18\n");
    }

    @Test
    void lostPasswordIsSaidSo() throws Exception {
        Path file = directory.resolve("postgres.password");
        String password = Files.readString(file);
        Files.writeString(file, "wrong\n");
        assertThatThrownBy(RestartTest::start)
                .isInstanceOf(EmbeddedException.class)
                .hasMessageContaining("refuses the password");
        Files.writeString(file, password);
    }

    @Test
    void brokenDataIsSaidSoInOneLine() throws Exception {
        Path control = directory.resolve("postgres/global/pg_control");
        Path aside = directory.resolve("pg_control.aside");
        Files.move(control, aside);
        assertThatThrownBy(RestartTest::start)
                .isInstanceOf(EmbeddedException.class)
                .hasMessageContaining("postgres.log")
                .message()
                .hasLineCount(1);
        Files.move(aside, control);
    }

    @Test
    void eitherMayBeStartedAlone() throws Exception {
        try (var servers = EmbeddedServers.start(EmbeddedConfig.of(directory, true, false))) {
            assertKept(servers);
            assertThatThrownBy(servers::redisUri).isInstanceOf(IllegalStateException.class);
        }
        try (var servers = EmbeddedServers.start(EmbeddedConfig.of(directory, false, true))) {
            assertThat(RedisSession.once(servers.redisUri(), "PING")).containsExactly("+PONG");
            assertThatThrownBy(servers::jdbcUrl).isInstanceOf(IllegalStateException.class);
        }
    }
}
