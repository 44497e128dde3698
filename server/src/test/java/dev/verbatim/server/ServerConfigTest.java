package dev.verbatim.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerConfigTest {
    private static final String KEY = "0123456789abcdef0123456789abcdef";

    private static ServerConfig config(String... namesAndValues) {
        Map<String, String> settings = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            settings.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return ServerConfig.of(Settings.of(settings));
    }

    @Test
    void everyDefaultIsAsPromised() {
        ServerConfig config = config();
        assertThat(config.databaseUrl()).isNull();
        assertThat(config.redisUrl()).isNull();
        assertThat(config.redisTtl()).isEqualTo(Duration.ofHours(1));
        assertThat(config.sessionMaxMessages()).isEqualTo(20);
        assertThat(config.host()).isEqualTo("127.0.0.1");
        assertThat(config.port()).isEqualTo(8080);
        assertThat(config.dataDirectory()).isEqualTo(Path.of("data").toAbsolutePath());
        assertThat(config.adminKey()).isNull();
        assertThat(config.storeMode()).isEqualTo("hybrid");
        assertThat(config.corsOrigins()).isEmpty();
        assertThat(config.retentionDays()).isZero();
        assertThat(config.queryLogRetentionDays()).isZero();
        assertThat(config.model()).isNull();
        assertThat(config.telemetry()).isEmpty();
        assertThat(ServerConfig.class.getRecordComponents())
                .as("all are looked at here")
                .hasSize(14);
    }

    @Test
    void everySettingIsTaken() {
        ServerConfig config = config(
                "DATABASE_URL", "postgresql://u:p@db:5432/verbatim",
                "REDIS_URL", "redis://cache:6379",
                "REDIS_TTL", "60",
                "SESSION_MAX_MESSAGES", "50",
                "HOST", "0.0.0.0",
                "PORT", "9090",
                "VERBATIM_DATA_DIR", "/var/lib/verbatim",
                "VERBATIM_ADMIN_KEY", KEY,
                "STORE_MODE", "hybrid",
                "CORS_ORIGINS", "https://a.example.org,https://B.example.org",
                "RETENTION_DAYS", "90",
                "QUERY_LOG_RETENTION_DAYS", "400",
                "OPENAI_BASE_URL", "http://localhost:11434/v1",
                "OPENAI_MODEL", "llama",
                "OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:4318");
        assertThat(config.databaseUrl()).isEqualTo("postgresql://u:p@db:5432/verbatim");
        assertThat(config.redisUrl()).isEqualTo("redis://cache:6379");
        assertThat(config.host()).isEqualTo("0.0.0.0");
        assertThat(config.port()).isEqualTo(9090);
        assertThat(config.dataDirectory()).isEqualTo(Path.of("/var/lib/verbatim"));
        assertThat(config.adminKey()).isEqualTo(KEY);
        assertThat(config.corsOrigins()).isEqualTo(Set.of("https://a.example.org", "https://b.example.org"));
        assertThat(config.model()).isNotNull();
        assertThat(config.telemetry())
                .containsExactly(Map.entry("OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:4318"));
        assertThat(config.queryLogRetentionDays()).isEqualTo(400);
        assertThat(config.history("jdbc:postgresql://x/y", "redis://z").windowMessages())
                .isEqualTo(50);
        assertThat(config.history("jdbc:postgresql://x/y", "redis://z").redisTtl())
                .isEqualTo(Duration.ofMinutes(1));
        assertThat(config.history("jdbc:postgresql://x/y", "redis://z").retentionDays())
                .isEqualTo(90);
    }

    @Test
    void nothingSecretIsInItsText() {
        assertThat(config(
                                "DATABASE_URL",
                                "postgresql://u:secret@db/v",
                                "REDIS_URL",
                                "redis://:secret@r",
                                "VERBATIM_ADMIN_KEY",
                                KEY)
                        .toString())
                .doesNotContain("secret", KEY)
                .contains("hybrid");
        assertThat(Settings.of(Map.of("A", "secret")).toString()).doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://localhost",
                "rediss://user:p%40ss@cache.example.org:6380/2?timeout=1s",
                "redis://[::1]:6379",
                "redis://a:1,b:2",
                "redis://:pw@a:1, redis://:pw@b:2",
                "redis-sentinel://:pw@s1:26379,s2:26379/0#main"
            })
    void everyFormOfARedisAddressIsTaken(String url) {
        assertThat(config("REDIS_URL", url).redisUrl()).isEqualTo(url);
    }

    @ParameterizedTest
    @CsvSource({
        "DATABASE_URL, mysql://localhost/secret-db",
        "DATABASE_URL, postgresql://u:p@localhost:99999/secret-db",
        "DATABASE_URL, postgresql://u%zz:p@localhost/secret-db",
        "REDIS_URL, http://localhost/secret-db",
        "REDIS_URL, redis://secret-db:99999",
        "REDIS_URL, redis://secret-db:0",
        "REDIS_URL, redis://secret-db:port",
        "REDIS_URL, redis://:secret-db%zz@localhost",
        "REDIS_URL, 'redis://secret-db:1,secret-db:2,'",
        "REDIS_URL, 'redis://secret-db:1,redis://secret-db:70000'",
        "REDIS_TTL, 0",
        "REDIS_TTL, -1",
        "REDIS_TTL, 1h",
        "SESSION_MAX_MESSAGES, 0",
        "SESSION_MAX_MESSAGES, 1001",
        "RETENTION_DAYS, 0",
        "RETENTION_DAYS, 36501",
        "RETENTION_DAYS, 30d",
        "QUERY_LOG_RETENTION_DAYS, 0",
        "PORT, 65536",
        "PORT, http",
        "PORT, 99999999999",
        "VERBATIM_ADMIN_KEY, too-short-secret-db",
        "VERBATIM_ADMIN_KEY, 0123456789 abcdef0123456789abcdef-secret-db",
        "VERBATIM_ADMIN_KEY, 0123456789abcdef0123456789abcdefü",
        "STORE_MODE, redis",
        "STORE_MODE, Hybrid",
        "CORS_ORIGINS, app.example.org",
        "CORS_ORIGINS, https://a.example.org/path",
        "OPENAI_BASE_URL, nonsense",
        "OPENAI_TIMEOUT, soon",
    })
    void aWrongValueIsNamedInOneLineAndNotShown(String name, String value) {
        assertThatThrownBy(() -> config(name, value))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(name)
                .hasMessageNotContaining("secret-db")
                .hasMessageNotContaining("\n");
    }

    @Test
    void whatIsEmptyIsNotSet() {
        assertThat(config("PORT", " ", "DATABASE_URL", "").port()).isEqualTo(8080);
    }

    @Test
    void theEnvironmentWinsOverTheFile(@TempDir Path directory) throws IOException {
        Files.write(
                directory.resolve(".env"),
                List.of(
                        "# a comment",
                        "",
                        "PORT=1111",
                        "export HOST = \"::1\"",
                        "REDIS_TTL='7'",
                        "SESSION_MAX_MESSAGES=9"));
        ServerConfig config = ServerConfig.of(Settings.load(Map.of("PORT", "2222"), directory));
        assertThat(config.port()).isEqualTo(2222);
        assertThat(config.host()).isEqualTo("::1");
        assertThat(config.redisTtl()).isEqualTo(Duration.ofSeconds(7));
        assertThat(config.sessionMaxMessages()).isEqualTo(9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "=x"})
    void aLineThatIsNoSettingIsNamedByItsNumber(String line, @TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve(".env"), "PORT=1\n" + line + "\n");
        assertThatThrownBy(() -> Settings.load(Map.of(), directory))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("line 2");
    }

    @Test
    void aFileThatCannotBeReadIsSaid(@TempDir Path directory) throws IOException {
        Files.write(directory.resolve(".env"), new byte[] {(byte) 0xFF, (byte) 0xFE});
        assertThatThrownBy(() -> Settings.load(Map.of(), directory))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(".env");
    }
}
