package dev.verbatim.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** Brings the executables from the classpath to the data directory, each version once. */
final class Binaries {
    private static final String REDIS_VERSION = "7.0.15";

    private final Path directory;
    private final Platform platform;

    Binaries(Path directory, Platform platform) {
        this.directory = directory;
        this.platform = platform;
    }

    /** The directory that holds PostgreSQL's {@code bin}, {@code lib} and {@code share}. */
    Path postgres() throws IOException {
        URL archive = resource("PostgreSQL", platform.postgresArchive());
        // The archive does not say its version; its size tells one release from another.
        return install(
                "postgres-",
                PostgresServer.MAJOR + "-" + archive.openConnection().getContentLengthLong(),
                archive,
                Archive::unpack);
    }

    /** The executable of Redis. */
    Path redis() throws IOException {
        URL server = resource("Redis", platform.redisServer(REDIS_VERSION));
        return install("redis-", REDIS_VERSION, server, Binaries::copyRedis).resolve("redis-server");
    }

    private static void copyRedis(InputStream in, Path directory) throws IOException {
        Path target = directory.resolve("redis-server");
        Files.copy(in, target);
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private URL resource(String product, String name) {
        URL url = Binaries.class.getClassLoader().getResource(name);
        if (url == null) {
            throw new EmbeddedException("No " + product + " for " + platform + " on the classpath (looked for " + name
                    + "): add the artifact that has it, or use an external " + product);
        }
        return url;
    }

    private Path install(String product, String version, URL source, Unpacker unpacker) throws IOException {
        Path target = directory.resolve(product + version);
        if (!Files.isDirectory(target)) {
            Path half = directory.resolve(product + version + ".tmp");
            Trees.delete(half);
            Trees.createOpenly(directory);
            Trees.ownAsParent(directory);
            Trees.createOpenly(half);
            URLConnection connection = source.openConnection();
            connection.setUseCaches(false);
            try (InputStream in = connection.getInputStream()) {
                unpacker.unpack(in, half);
            }
            Trees.ownAsParent(half);
            makeDurable(half);
            Trees.moveDurably(half, target);
        }
        deleteOthers(product, target);
        return target;
    }

    /** Best effort: without it a power cut right after the first start could leave empty files behind. */
    private static void makeDurable(Path tree) {
        Tools.find("sync").ifPresent(sync -> Tools.runQuietly(List.of(sync, "-f", tree.toString())));
    }

    /** Older versions, and what a start that was killed left. Nothing of ours runs now. */
    private void deleteOthers(String product, Path keep) throws IOException {
        try (var siblings = Files.newDirectoryStream(directory, product + "*")) {
            for (Path other : siblings) {
                if (!other.equals(keep)) {
                    Trees.delete(other);
                }
            }
        }
    }

    @FunctionalInterface
    private interface Unpacker {
        void unpack(InputStream in, Path directory) throws IOException;
    }
}
