package dev.verbatim.server.importing;

import dev.verbatim.server.http.ApiException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps on disk what comes in, until it is read. Thread-safe. */
final class Spool {
    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);
    private static final int BUFFER = 64 << 10;

    /** What is older was left behind by a process that was killed. */
    private static final Duration OLD = Duration.ofDays(1);

    private final Path directory;

    Spool(Path directory) {
        this.directory = directory;
    }

    /**
     * Everything that comes out of {@code in}, in a file that the caller deletes.
     *
     * @throws ApiException when nothing does, or there is no room for it
     */
    Path take(InputStream in) throws IOException {
        Path file = make();
        boolean done = false;
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] buffer = new byte[BUFFER];
            long length = 0;
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                write(out, buffer, n);
                length += n;
            }
            if (length == 0) {
                throw ApiException.invalid("body", "the body is empty; send the file as it is");
            }
            done = true;
            return file;
        } finally {
            if (!done) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static void write(OutputStream out, byte[] buffer, int length) {
        try {
            out.write(buffer, 0, length);
        } catch (IOException e) {
            throw noRoom(e);
        }
    }

    private Path make() {
        try {
            Files.createDirectories(directory);
            removeOld();
            return Files.createTempFile(directory, "import", ".tmp");
        } catch (IOException e) {
            throw noRoom(e);
        }
    }

    private void removeOld() throws IOException {
        Instant limit = Instant.now().minus(OLD);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(limit)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static ApiException noRoom(IOException cause) {
        LOG.warn("an import cannot be written to disk: {}", cause.toString());
        return new ApiException(
                503,
                "server_error",
                "unavailable",
                null,
                "the file cannot be kept while it is read; nothing was stored; see to the server's disk, then try again");
    }
}
