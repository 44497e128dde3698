package dev.verbatim.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The data directory while it is ours: where things lie in it, and the small secrets kept there. */
final class DataDirectory implements AutoCloseable {
    private static final int SECRET_BYTES = 24;

    private final Path root;
    private final DirectoryLock lock;

    private DataDirectory(Path root, DirectoryLock lock) {
        this.root = root;
        this.lock = lock;
    }

    /** Makes the directory if needed and takes its lock. */
    static DataDirectory open(Path path) {
        try {
            Path root = create(path);
            if (!Files.isWritable(root)) {
                throw new EmbeddedException("The data directory " + path + " is not writable by user "
                        + System.getProperty("user.name") + ": change its owner, or choose another one");
            }
            return new DataDirectory(root, DirectoryLock.take(root));
        } catch (IOException e) {
            throw EmbeddedException.of(path, e);
        }
    }

    private static Path create(Path path) throws IOException {
        if (!Files.exists(path)) {
            Files.createDirectories(path);
            // Others may pass through, for PostgreSQL may have to run as another user; what is secret is closed itself.
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx--x--x"));
        } else if (!Files.isDirectory(path)) {
            throw new EmbeddedException(
                    "The data directory " + path + " is not a directory: remove that file, or choose another path");
        }
        return path.toRealPath();
    }

    Path root() {
        return root;
    }

    /** The unpacked executables. A process whose executable lies here was started by an owner of this directory. */
    Path binaries() {
        return root.resolve("bin");
    }

    Path postgres() {
        return root.resolve("postgres");
    }

    Path redis() {
        return root.resolve("redis");
    }

    Path file(String name) {
        return root.resolve(name);
    }

    /** The random password of that name, made when first asked for. */
    String secret(String name) throws IOException {
        Path file = root.resolve(name);
        if (!Files.exists(file)) {
            byte[] random = new byte[SECRET_BYTES];
            new SecureRandom().nextBytes(random);
            Trees.writePrivately(file, HexFormat.of().formatHex(random) + "\n");
        }
        return Files.readString(file).strip();
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
