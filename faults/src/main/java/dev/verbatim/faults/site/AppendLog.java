package dev.verbatim.faults.site;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** The log a Redis may keep of what it does: whether it is begun, and how to lose its end. */
record AppendLog(Path directory) {
    /** Whether what Redis held when the log began is in it. */
    boolean isBegun() {
        return Files.exists(directory.resolve("appendonly.aof.manifest"));
    }

    /** Cuts a part off the end, as a power cut does to what was not synced. */
    void cut(double part) {
        try (Stream<Path> files = Files.list(directory);
                RandomAccessFile newest = new RandomAccessFile(
                        files.filter(file -> file.toString().endsWith(".incr.aof"))
                                .max(Comparator.naturalOrder())
                                .orElseThrow()
                                .toFile(),
                        "rw")) {
            newest.setLength((long) (newest.length() * (1 - part)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void delete() {
        Programs.run(java.util.List.of("rm", "-rf", directory.toString()));
    }
}
