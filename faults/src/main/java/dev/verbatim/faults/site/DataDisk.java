package dev.verbatim.faults.site;

import dev.verbatim.embedded.EmbeddedBinaries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where PostgreSQL's data lies: a small file system in memory, so that it can be filled up, where mounting is allowed; else
 * a directory.
 */
public final class DataDisk implements AutoCloseable {
    private static final int MEGABYTES = 3_000;

    private final Path directory;
    private final boolean mounted;

    private DataDisk(Path directory, boolean mounted) {
        this.directory = directory;
        this.mounted = mounted;
    }

    /** Makes it, with a new data directory of PostgreSQL on it. */
    static DataDisk make(Path directory, EmbeddedBinaries binaries) {
        // A run that was killed may have left one.
        Programs.succeeds(List.of("umount", directory.toString()));
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        boolean mounted = Programs.succeeds(List.of(
                "mount", "-t", "tmpfs", "-o", "mode=755,size=" + MEGABYTES + "m", "tmpfs", directory.toString()));
        DataDisk disk = new DataDisk(directory, mounted);
        disk.copy(binaries.postgresTemplate(), disk.postgres());
        return disk;
    }

    /** PostgreSQL's data directory. */
    Path postgres() {
        return directory.resolve("postgres");
    }

    /** Whether it is small enough to be filled. */
    public boolean canBeFilled() {
        return mounted;
    }

    /** Takes all space that is left. */
    public void fill() {
        // It ends with an error: that is what is wanted.
        Programs.succeeds(List.of("dd", "if=/dev/zero", "of=" + directory.resolve("filler"), "bs=1M", "status=none"));
    }

    /** Gives the space back. */
    public void free() {
        try {
            Files.deleteIfExists(directory.resolve("filler"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps a copy of the data directory of a PostgreSQL that is stopped. */
    public void save() {
        copy(postgres(), directory.resolve("saved"));
    }

    /** Puts the copy that was saved in the data directory's place; PostgreSQL must be stopped. */
    public void restore() {
        copy(directory.resolve("saved"), postgres());
    }

    private void copy(Path from, Path to) {
        Programs.run(List.of("rm", "-rf", to.toString()));
        Programs.run(List.of("cp", "-a", from.toString(), to.toString()));
    }

    @Override
    public void close() {
        if (mounted) {
            Programs.run(List.of("umount", directory.toString()));
        } else {
            Programs.run(List.of("rm", "-rf", directory.toString()));
        }
    }
}
