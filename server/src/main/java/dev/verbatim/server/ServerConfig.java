package dev.verbatim.server;

import dev.verbatim.HistoryConfig;
import dev.verbatim.InvalidInputException;
import dev.verbatim.Slice;
import dev.verbatim.postgres.PostgresLog;
import dev.verbatim.server.chat.ModelConfig;
import dev.verbatim.server.migration.StoreMode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the service. Immutable.
 *
 * @param databaseUrl {@code DATABASE_URL}; null for the embedded PostgreSQL
 * @param redisUrl {@code REDIS_URL}; null for the embedded Redis
 * @param redisTtl {@code REDIS_TTL}, in seconds: how long Redis keeps a conversation nobody touches
 * @param sessionMaxMessages {@code SESSION_MAX_MESSAGES}: the cached window, and what {@code /chat} sends
 * @param host {@code HOST}: the address to listen on
 * @param port {@code PORT}; 0 for any free one
 * @param dataDirectory {@code VERBATIM_DATA_DIR}
 * @param adminKey {@code VERBATIM_ADMIN_KEY}; null to have one made
 * @param storeMode {@code STORE_MODE}: where the conversations are, {@code memory}, {@code dual} or {@code hybrid}
 * @param corsOrigins {@code CORS_ORIGINS}, a comma list
 * @param retentionDays {@code RETENTION_DAYS}: conversations without activity for so long are deleted; 0: never
 * @param queryLogRetentionDays {@code QUERY_LOG_RETENTION_DAYS}: query logs of months that ended so long ago are dropped; 0:
 *     never
 * @param model {@code OPENAI_*}: which model answers in {@code /chat}; null for the built-in answerer
 * @param telemetry {@code OTEL_*}: where traces go, as OpenTelemetry's SDKs are told
 */
public record ServerConfig(
        @Nullable String databaseUrl,
        @Nullable String redisUrl,
        Duration redisTtl,
        int sessionMaxMessages,
        String host,
        int port,
        Path dataDirectory,
        @Nullable String adminKey,
        String storeMode,
        Set<String> corsOrigins,
        int retentionDays,
        int queryLogRetentionDays,
        @Nullable ModelConfig model,
        Map<String, String> telemetry) {
    private static final int SHORTEST_ADMIN_KEY = 32;
    private static final int LONGEST_TTL = 365 * 24 * 3600;
    private static final int LAST_PORT = 65_535;

    /**
     * Checks what can be checked without trying.
     *
     * @throws SettingsException when a setting is not as it must be
     */
    public ServerConfig {
        corsOrigins = Set.copyOf(corsOrigins);
        telemetry = Map.copyOf(telemetry);
        dataDirectory = dataDirectory.toAbsolutePath().normalize();
        if (adminKey != null
                && (adminKey.length() < SHORTEST_ADMIN_KEY || !adminKey.chars().allMatch(c -> c > ' ' && c <= '~'))) {
            throw new SettingsException("VERBATIM_ADMIN_KEY must have at least " + SHORTEST_ADMIN_KEY
                    + " characters, all printable ASCII without spaces");
        }
        if (StoreMode.of(storeMode).isEmpty()) {
            throw new SettingsException("STORE_MODE must be memory, dual or hybrid");
        }
    }

    /**
     * Reads the settings.
     *
     * @throws SettingsException when one is not as it must be
     */
    public static ServerConfig of(Settings settings) {
        return new ServerConfig(
                databaseUrl(settings),
                redisUrl(settings),
                Duration.ofSeconds(settings.number("REDIS_TTL", 1, LONGEST_TTL, 3600)),
                settings.number("SESSION_MAX_MESSAGES", 1, Slice.MAX_LIMIT, 20),
                settings.text("HOST").orElse("127.0.0.1"),
                settings.number("PORT", 0, LAST_PORT, 8080),
                dataDirectory(settings),
                settings.text("VERBATIM_ADMIN_KEY").orElse(null),
                settings.text("STORE_MODE").orElse("hybrid"),
                origins(settings),
                settings.number("RETENTION_DAYS", 1, HistoryConfig.MOST_RETENTION_DAYS, 0),
                settings.number("QUERY_LOG_RETENTION_DAYS", 1, HistoryConfig.MOST_RETENTION_DAYS, 0),
                model(settings),
                settings.beginningWith("OTEL_"));
    }

    private static @Nullable String databaseUrl(Settings settings) {
        String url = settings.text("DATABASE_URL").orElse(null);
        if (url != null) {
            try {
                PostgresLog.checkUrl(url);
            } catch (InvalidInputException e) {
                throw new SettingsException("DATABASE_URL: " + e.getMessage());
            }
        }
        return url;
    }

    private static @Nullable String redisUrl(Settings settings) {
        String url = settings.text("REDIS_URL").orElse(null);
        if (url != null) {
            RedisAddress.check(url);
        }
        return url;
    }

    private static Path dataDirectory(Settings settings) {
        try {
            return Path.of(settings.text("VERBATIM_DATA_DIR").orElse("./data"));
        } catch (InvalidPathException e) {
            throw new SettingsException("VERBATIM_DATA_DIR must be the path of a directory");
        }
    }

    private static @Nullable ModelConfig model(Settings settings) {
        try {
            return ModelConfig.of(settings.beginningWith("OPENAI_")).orElse(null);
        } catch (InvalidInputException e) {
            throw new SettingsException(String.valueOf(e.getMessage()));
        }
    }

    private static Set<String> origins(Settings settings) {
        Set<String> origins = new TreeSet<>();
        for (String origin : List.of(settings.text("CORS_ORIGINS").orElse("").split(",", -1))) {
            String stripped = origin.strip();
            if (!stripped.isEmpty()) {
                if (!stripped.equals("*") && !stripped.matches("https?://[^/\\s]+")) {
                    throw new SettingsException(
                            "CORS_ORIGINS must be a comma list of origins such as https://app.example.org, or *");
                }
                origins.add(stripped.toLowerCase(Locale.ROOT));
            }
        }
        return origins;
    }

    /**
     * What the store needs.
     *
     * @param database the URL of the PostgreSQL to use, embedded or not
     * @param redis the URL of the Redis to use
     * @throws SettingsException when the store does not take a setting
     */
    HistoryConfig history(String database, String redis) {
        try {
            return HistoryConfig.of(database, redis)
                    .withRedisTtl(redisTtl)
                    .withWindowMessages(sessionMaxMessages)
                    .withRetentionDays(retentionDays);
        } catch (InvalidInputException e) {
            throw new SettingsException(String.valueOf(e.getMessage()));
        }
    }

    /** Without URLs and keys, which are secret or may hold passwords. */
    @Override
    public String toString() {
        return "ServerConfig[host=" + host + ", port=" + port + ", dataDirectory=" + dataDirectory + ", storeMode="
                + storeMode + ", redisTtl=" + redisTtl + ", sessionMaxMessages=" + sessionMaxMessages
                + ", retentionDays=" + retentionDays + ", queryLogRetentionDays=" + queryLogRetentionDays + "]";
    }
}
