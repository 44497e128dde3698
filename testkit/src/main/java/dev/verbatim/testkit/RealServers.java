package dev.verbatim.testkit;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The real PostgreSQL and Redis that tests run on: those named by {@code VERBATIM_TEST_DATABASE_URL} and
 * {@code VERBATIM_TEST_REDIS_URL}, else embedded ones that start on first use and end with the JVM. Thread-safe.
 */
public final class RealServers {
    private RealServers() {}

    /** A {@code jdbc:postgresql:} URL of a new, empty database; each call makes another. */
    public static String newDatabase() {
        return Databases.create(env("VERBATIM_TEST_DATABASE_URL"));
    }

    /** The {@code redis://} URL of a Redis that holds nothing: each call empties it. */
    public static String emptyRedis() {
        return env("VERBATIM_TEST_REDIS_URL");
    }

    private static String env(String name) {
        @Nullable String value = System.getenv(name);
        return Objects.requireNonNull(value, name);
    }
}
