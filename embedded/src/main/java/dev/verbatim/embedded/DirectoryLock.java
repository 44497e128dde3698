package dev.verbatim.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Exclusive ownership of a data directory, from {@link #take} to {@link #close}; the kernel ends it when this process
 * dies in any way. The file itself stays: removing it would let two processes lock two files of the same name.
 */
final class DirectoryLock implements AutoCloseable {
    /** Closing any channel on a locked file drops the whole process's lock, so a second one must not be opened here. */
    private static final Set<Path> TAKEN_HERE = ConcurrentHashMap.newKeySet();

    private static final Duration WRITES_SOON = Duration.ofSeconds(1);

    private final Path file;
    private final FileChannel channel;

    private DirectoryLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    static DirectoryLock take(Path directory) throws IOException {
        Path file = directory.resolve("verbatim.lock");
        if (!TAKEN_HERE.add(file)) {
            throw taken(directory, Long.toString(ProcessHandle.current().pid()));
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            Trees.ownAsParent(file);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw taken(directory, owner(file));
            }
            write(channel, Long.toString(ProcessHandle.current().pid()));
            return new DirectoryLock(file, channel);
        } catch (IOException | RuntimeException e) {
            release(file, channel);
            throw e;
        }
    }

    /** The owner writes its number right after it took the lock; a number of no process is an earlier owner's. */
    private static String owner(Path file) {
        AtomicReference<String> pid = new AtomicReference<>("unknown");
        Await.until(WRITES_SOON, () -> {
            try {
                pid.set(Files.readString(file).strip());
            } catch (IOException e) {
                return true;
            }
            return isAlive(pid.get());
        });
        return pid.get();
    }

    private static boolean isAlive(String pid) {
        return pid.matches("[0-9]{1,18}")
                && ProcessHandle.of(Long.parseLong(pid)).isPresent();
    }

    private static void write(FileChannel channel, String pid) throws IOException {
        channel.truncate(0);
        channel.write(ByteBuffer.wrap((pid + "\n").getBytes(StandardCharsets.US_ASCII)), 0);
    }

    private static void release(Path file, @Nullable FileChannel channel) throws IOException {
        try {
            if (channel != null) {
                channel.close();
            }
        } finally {
            TAKEN_HERE.remove(file);
        }
    }

    private static EmbeddedException taken(Path directory, String pid) {
        return new EmbeddedException("Another Verbatim (pid " + pid + ") is running on the data directory " + directory
                + ": stop it, or choose another data directory");
    }

    /** Takes the number out first: its process lives on, and the next owner needs a moment to write its own. */
    @Override
    public void close() throws IOException {
        try {
            channel.truncate(0);
        } finally {
            release(file, channel);
        }
    }
}
