package dev.verbatim.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class SmallPartsTest {
    @TempDir
    private Path directory;

    @Test
    void fileInPlaceOfTheDataDirectory() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        assertThatThrownBy(() -> EmbeddedServers.start(EmbeddedConfig.of(file)))
                .isInstanceOf(EmbeddedException.class)
                .hasMessageContaining("is not a directory");
    }

    @Test
    void placeWhereNobodyCanWrite() {
        assertThatThrownBy(() -> EmbeddedServers.start(EmbeddedConfig.of(Path.of("/proc/verbatim"))))
                .isInstanceOf(EmbeddedException.class)
                .hasMessageContaining("choose another one")
                .message()
                .hasLineCount(1);
    }

    @Test
    void fullDiskIsCalledSo() {
        var error = new FileSystemException("file", null, "No space left on device");
        assertThat(EmbeddedException.of(directory, error)).hasMessageContaining("is full: free some space");
    }

    @Test
    void lockGoesFromOneToTheNext() throws IOException {
        try (var first = DirectoryLock.take(directory)) {
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> DirectoryLock.take(directory)).isInstanceOf(EmbeddedException.class);
        }
        DirectoryLock.take(directory).close();
    }

    @Test
    void missingBinariesAreNamed() {
        var binaries = new Binaries(directory, new Platform("linux", "s390x"));
        assertThatThrownBy(binaries::postgres)
                .isInstanceOf(EmbeddedException.class)
                .hasMessageContaining("No PostgreSQL for linux/s390x on the classpath");
        assertThatThrownBy(binaries::redis).hasMessageContaining("No Redis for linux/s390x");
    }

    @Test
    void artifactsAreNamedAsTheyAre() {
        assertThat(new Platform("linux", "aarch64").postgresArchive()).isEqualTo("postgres-linux-arm_64.txz");
        assertThat(new Platform("darwin", "amd64").postgresArchive()).isEqualTo("postgres-darwin-x86_64.txz");
        assertThat(new Platform("darwin", "aarch64").redisServer("7.0.15"))
                .isEqualTo("redis-server-7.0.15-darwin-arm64");
    }

    @Test
    void archiveCannotWriteElsewhere() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(new XZOutputStream(bytes, new LZMA2Options()))) {
            tar.putArchiveEntry(new TarArchiveEntry("../outside"));
            tar.closeArchiveEntry();
        }
        Path inside = Files.createDirectory(directory.resolve("inside"));
        assertThatThrownBy(() -> Archive.unpack(new ByteArrayInputStream(bytes.toByteArray()), inside))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("outside");
        assertThat(directory.resolve("outside")).doesNotExist();
    }

    @Test
    void logStaysSmall() throws IOException {
        LogFile log = new LogFile(directory.resolve("server.log"));
        log.appending();
        Files.writeString(log.path(), "x".repeat(9 << 20));
        log.rotateIfLarge();
        assertThat(log.path()).isEmptyFile();
        assertThat(directory.resolve("server.log.1")).exists();
        Files.writeString(log.path(), "after", StandardCharsets.UTF_8);
        assertThat(log.news()).isEqualTo("after");
    }

    @Test
    void lineThatTellsMost() {
        assertThat(LogFile.telling("LOG: begin\nFATAL: no\nLOG: end\n")).isEqualTo("FATAL: no");
        assertThat(LogFile.telling("one\ntwo\n\n")).isEqualTo("two");
        assertThat(LogFile.telling("")).isEqualTo("it said nothing");
    }

    @Test
    void backoffGrowsAndIsForgotten() {
        Backoff backoff = new Backoff();
        long now = System.nanoTime();
        assertThat(backoff.next(now)).isZero();
        Duration second = backoff.next(now);
        assertThat(second).isPositive();
        assertThat(backoff.next(now)).isGreaterThan(second);
        for (int i = 0; i < 20; i++) {
            backoff.next(now);
        }
        assertThat(backoff.next(now)).isEqualTo(Duration.ofSeconds(10));
        assertThat(backoff.next(now + Duration.ofMinutes(1).toNanos())).isZero();
    }

    @Test
    void configIsChecked() {
        assertThatThrownBy(() -> EmbeddedConfig.of(directory, false, false))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        new EmbeddedConfig(directory, true, true, 0, Duration.ofSeconds(1), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new EmbeddedConfig(directory, true, true, 1, Duration.ZERO, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
