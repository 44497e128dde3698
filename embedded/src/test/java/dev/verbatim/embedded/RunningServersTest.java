package dev.verbatim.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunningServersTest {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    @TempDir
    private static Path directory;

    private static EmbeddedServers servers;

    @BeforeAll
    static void start() {
        servers = EmbeddedServers.start(EmbeddedConfig.of(directory));
    }

    @AfterAll
    static void stop() {
        servers.close();
    }

    @ParameterizedTest
    @CsvSource({
        "fsync, on",
        "synchronous_commit, on",
        "full_page_writes, on",
        "server_encoding, UTF8",
        "data_checksums, on",
        "listen_addresses, 127.0.0.1",
        "log_timezone, UTC",
        "password_encryption, scram-sha-256",
    })
    void postgresIsSetSo(String setting, String value) throws SQLException {
        assertThat(Sql.value(servers.jdbcUrl(), "SHOW " + setting)).isEqualTo(value);
    }

    @Test
    void otherProcessesFindPostgresByTheDirectory() {
        assertThat(EmbeddedServers.jdbcUrlOf(directory)).contains(servers.jdbcUrl());
        assertThat(EmbeddedServers.jdbcUrlOf(directory.resolve("bin"))).isEmpty();
    }

    @Test
    void textSortsTheSameOnEveryMachine() throws SQLException {
        String locale =
                "SELECT datlocprovider::text || ' ' || datlocale FROM pg_database WHERE datname = current_database()";
        assertThat(Sql.value(servers.jdbcUrl(), locale)).isEqualTo("b C.UTF-8");
        assertThat(Sql.value(servers.jdbcUrl(), "SELECT lower('ÀÉI')")).isEqualTo("àéi");
    }

    @Test
    void noSettingOfTheDatabaseTurnsSyncingOff() throws SQLException {
        Sql.run(servers.jdbcUrl(), "ALTER SYSTEM SET fsync = off");
        Sql.run(servers.jdbcUrl(), "SELECT pg_reload_conf()");
        assertThat(Sql.value(servers.jdbcUrl(), "SHOW fsync")).isEqualTo("on");
        Sql.run(servers.jdbcUrl(), "ALTER SYSTEM RESET fsync");
    }

    @Test
    void everyCommitIsSyncedToDisk() throws SQLException {
        int commits = 20;
        Sql.run(servers.jdbcUrl(), "CREATE TABLE IF NOT EXISTS synced (n int)");
        long before = Long.parseLong(Sql.value(servers.jdbcUrl(), Sql.WAL_SYNCS));
        for (int i = 0; i < commits; i++) {
            Sql.run(servers.jdbcUrl(), "INSERT INTO synced VALUES (" + i + ")");
        }
        assertThat(Await.until(
                        LIMIT,
                        () -> Long.parseLong(Sql.valueOrError(servers.jdbcUrl(), Sql.WAL_SYNCS)) >= before + commits))
                .isTrue();
    }

    @Test
    void postgresWantsThePassword() {
        String wrong = servers.jdbcUrl().replace(servers.postgresPassword(), "wrong");
        assertThatThrownBy(() -> Sql.value(wrong, "SELECT 1"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
        assertThat(servers.jdbcUrl()).contains("user=" + servers.postgresUser());
    }

    @Test
    void redisKeepsNothingOnDisk() throws IOException {
        assertThat(RedisSession.once(servers.redisUri(), "CONFIG GET save")).containsExactly("save", "");
        assertThat(RedisSession.once(servers.redisUri(), "CONFIG GET appendonly"))
                .containsExactly("appendonly", "no");
        assertThat(RedisSession.once(servers.redisUri(), "CONFIG GET maxmemory-policy"))
                .containsExactly("maxmemory-policy", "allkeys-lru");
        assertThat(RedisSession.once(servers.redisUri(), "CONFIG GET maxmemory"))
                .containsExactly("maxmemory", Long.toString(256L << 20));
    }

    @Test
    void redisWantsThePassword() throws IOException {
        String wrong = servers.redisUri().replaceFirst(":[0-9a-f]{48}@", ":wrong@");
        assertThat(RedisSession.once(wrong, "PING").get(0)).startsWith("-NOAUTH");
    }

    @Test
    void noPasswordIsOnACommandLine() {
        String redisPassword = servers.redisUri().replaceFirst(".*:([0-9a-f]{48})@.*", "$1");
        List<String> lines = Orphans.find(directory.resolve("bin")).stream()
                .map(process -> process.info().commandLine().orElse(""))
                .toList();
        assertThat(lines).isNotEmpty().noneMatch(line -> line.contains(servers.postgresPassword()));
        assertThat(lines).noneMatch(line -> line.contains(redisPassword));
    }

    @Test
    void secondOwnerIsToldThePidOfTheFirst() {
        assertThatThrownBy(() -> EmbeddedServers.start(EmbeddedConfig.of(directory)))
                .isInstanceOf(EmbeddedException.class)
                .hasMessageContaining("pid " + ProcessHandle.current().pid())
                .hasMessageContaining("choose another data directory");
    }

    @Test
    void killedPostgresComesBackWithItsRows() throws SQLException {
        Sql.run(servers.jdbcUrl(), "CREATE TABLE kept AS SELECT 42 AS n");
        long killed = servers.pids().get(0);
        ProcessHandle.of(killed).orElseThrow().destroyForcibly();
        assertThat(Await.until(
                        LIMIT,
                        () -> servers.pids().get(0) != killed
                                && Sql.valueOrError(servers.jdbcUrl(), "SELECT n FROM kept")
                                        .equals("42")))
                .isTrue();
    }

    @Test
    void killedRedisComesBack() {
        long killed = servers.pids().get(1);
        ProcessHandle.of(killed).orElseThrow().destroyForcibly();
        assertThat(Await.until(LIMIT, () -> servers.pids().get(1) != killed && redisAnswers()))
                .isTrue();
    }

    private static boolean redisAnswers() {
        try {
            return RedisSession.once(servers.redisUri(), "PING").equals(List.of("+PONG"));
        } catch (IOException e) {
            return false;
        }
    }
}
