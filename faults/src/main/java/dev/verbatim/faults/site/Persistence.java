package dev.verbatim.faults.site;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The append-only log of a Redis: whether its rewriting is over, and how to lose its end. */
record Persistence(boolean rewriting) {
    /** Asks a running Redis. */
    static Persistence of(RedisNode redis) {
        return new Persistence(!redis.send("CONFIG RESETSTAT").isEmpty() && isRewriting(redis));
    }

    private static boolean isRewriting(RedisNode redis) {
        // The first line of an answer is all that is read, so one field is asked for by a script.
        return redis.send(
                        "EVAL return(string.match(redis.call('INFO','persistence'),'aof_rewrite_in_progress:(%d)')) 0")
                .equals("$1");
    }

    /** Cuts a part off the end of the newest increment, as a power cut does to what was not synced. */
    static void cut(Path directory, double part) {
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> increments = files.filter(file -> file.toString().endsWith(".incr.aof"))
                    .sorted(Comparator.comparing(Path::toString))
                    .toList();
            try (RandomAccessFile file =
                    new RandomAccessFile(increments.getLast().toFile(), "rw")) {
                file.setLength((long) (file.length() * (1 - part)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void delete(Path directory) {
        Programs.run(List.of("rm", "-rf", directory.toString()));
    }
}
