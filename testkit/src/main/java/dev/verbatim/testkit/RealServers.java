package dev.verbatim.testkit;

import dev.verbatim.embedded.EmbeddedConfig;
import dev.verbatim.embedded.EmbeddedServers;
import java.nio.file.Path;

/**
 * The real PostgreSQL and Redis that tests run on: those named by {@code VERBATIM_TEST_DATABASE_URL} (a
 * {@code jdbc:postgresql:} URL of a superuser) and {@code VERBATIM_TEST_REDIS_URL}, else embedded ones
 * that start on first use, in {@code target} of the module, and end with the JVM. Thread-safe.
 */
public final class RealServers {
    /** Test JVMs that run beside each other have servers each; the build numbers them. */
    private static final Path DIRECTORY =
            Path.of("target", "real-servers-" + System.getProperty("verbatim.test.fork", "1"));

    private RealServers() {}

    /** Started once a JVM, when first asked for. */
    private static final class Embedded {
        static final EmbeddedServers SERVERS = start();

        private static EmbeddedServers start() {
            EmbeddedServers servers = EmbeddedServers.start(EmbeddedConfig.of(DIRECTORY));
            Runtime.getRuntime().addShutdownHook(new Thread(servers::close, "real-servers"));
            return servers;
        }
    }

    /** A {@code jdbc:postgresql:} URL of a new, empty database; each call makes another. */
    public static String newDatabase() {
        String given = System.getenv("VERBATIM_TEST_DATABASE_URL");
        return Databases.create(given == null ? Embedded.SERVERS.jdbcUrl() : given);
    }

    /** The {@code redis://} URL of a Redis that holds nothing: each call empties it. */
    public static String emptyRedis() {
        String given = System.getenv("VERBATIM_TEST_REDIS_URL");
        String url = given == null ? Embedded.SERVERS.redisUri() : given;
        RedisCommands.flush(url);
        return url;
    }
}
