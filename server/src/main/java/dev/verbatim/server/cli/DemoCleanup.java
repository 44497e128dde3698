package dev.verbatim.server.cli;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Ends the demo's service and removes its directory, once: when the demo is over, or when it is interrupted. */
final class DemoCleanup implements AutoCloseable {
    private final DemoService service;
    private final Path directory;
    private final AtomicBoolean done = new AtomicBoolean();

    DemoCleanup(DemoService service, Path directory) {
        this.service = service;
        this.directory = directory;
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "demo-cleanup"));
    }

    @Override
    public void close() {
        if (done.compareAndSet(false, true)) {
            service.close();
            try {
                removeTree(directory);
            } catch (IOException e) {
                System.err.println("demo: " + directory + " could not be removed: " + e.getMessage());
            }
        }
    }

    private static void removeTree(Path top) throws IOException {
        Files.walkFileTree(top, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                Files.deleteIfExists(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
