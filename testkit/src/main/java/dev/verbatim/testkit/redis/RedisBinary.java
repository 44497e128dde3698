package dev.verbatim.testkit.redis;

import dev.verbatim.embedded.EmbeddedBinaries;
import java.nio.file.Path;
import java.util.UUID;

/** The executable that tests start processes of Redis from, in {@code target} of the module. */
public final class RedisBinary {
    private static final Path DIRECTORY = Path.of("target", "redis");

    private RedisBinary() {}

    /** Unpacked once a JVM. */
    private static final class Unpacked {
        static final Path EXECUTABLE =
                EmbeddedBinaries.unpackRedis(DIRECTORY.resolve("bin")).toAbsolutePath();
    }

    /** Its path. */
    public static Path executable() {
        return Unpacked.EXECUTABLE;
    }

    /** An empty directory for processes that a test starts. */
    public static Path directory(String name) {
        return DIRECTORY.resolve(name + "-" + UUID.randomUUID());
    }
}
