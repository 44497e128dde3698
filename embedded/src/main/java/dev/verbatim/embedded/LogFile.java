package dev.verbatim.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** What a server writes, in a file of bounded size that goes on being written when we die. */
final class LogFile {
    private static final long LARGE = 8L << 20;
    private static final int TAIL = 64 << 10;
    private static final List<String> TELLING = List.of("PANIC:", "FATAL:", "rror:", "ERROR:", "Warning: Could not");

    private final Path path;
    private long mark;

    LogFile(Path path) {
        this.path = path;
    }

    Path path() {
        return path;
    }

    /** For a child to append to; what it writes from now on is what {@link #news} tells. */
    synchronized ProcessBuilder.Redirect appending() throws IOException {
        if (!Files.exists(path)) {
            Trees.createPrivately(path);
        }
        mark = Files.size(path);
        return ProcessBuilder.Redirect.appendTo(path.toFile());
    }

    /** The end of what was written since the child was started. */
    synchronized String news() {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            long from = Math.max(Math.min(mark, channel.size()), channel.size() - TAIL);
            ByteBuffer bytes = ByteBuffer.allocate((int) (channel.size() - from));
            channel.read(bytes, from);
            return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    /** Keeps the file small: what is there moves to a second file, replacing that. The writer appends, so it goes on. */
    synchronized void rotateIfLarge() {
        try {
            if (Files.size(path) < LARGE) {
                return;
            }
            try {
                Files.copy(path, path.resolveSibling(path.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            } finally {
                truncate();
            }
        } catch (IOException e) {
            // A full disk, perhaps: the server goes on without its old log.
        }
    }

    private void truncate() throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.truncate(0);
        }
        mark = 0;
    }

    /** The line that says most about why a program ended: the last that looks like an error, or else the last. */
    static String telling(String output) {
        List<String> lines = output.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        Stream<String> errors = lines.stream().filter(line -> TELLING.stream().anyMatch(line::contains));
        return errors.reduce((first, second) -> second)
                .or(() -> lines.stream().reduce((first, second) -> second))
                .orElse("it said nothing");
    }
}
