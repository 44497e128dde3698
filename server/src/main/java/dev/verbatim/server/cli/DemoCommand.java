package dev.verbatim.server.cli;

import dev.verbatim.server.importing.HttpSink;
import dev.verbatim.server.importing.ImportReport;
import dev.verbatim.server.importing.ImportStoppedException;
import dev.verbatim.server.importing.Importer;
import dev.verbatim.server.importing.JsonLinesSource;
import dev.verbatim.server.importing.Progress;
import dev.verbatim.server.importing.Users;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code ./verbatim demo}: shows by itself what Verbatim does. */
@Command(
        name = "demo",
        description = {
            "Shows by itself what Verbatim does, in under a minute; your data is not touched.",
            "It imports 200 conversations, chats, reads cold and hot, kills its own service with -9, starts it again and"
                    + " compares every message. It runs on a directory and a port of its own, both gone afterwards."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class DemoCommand implements Callable<Integer> {
    @Override
    public Integer call() throws IOException {
        Path directory = Files.createTempDirectory("verbatim-demo-");
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        String key = HexFormat.of().formatHex(random);
        DemoService service = new DemoService(directory, freePort(), key);
        DemoCleanup cleanup = new DemoCleanup(service, directory);
        try (cleanup;
                DemoClient client = new DemoClient(service.base(), key, DemoTour.USER)) {
            Path file = bundled(directory);
            return new DemoTour(service, client, file).run(() -> bring(service, key, file)) ? 0 : 1;
        } catch (IOException | ImportStoppedException e) {
            System.err.println("demo: " + e.getMessage());
            return 1;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Path bundled(Path directory) throws IOException {
        Path file = directory.resolve("dialogues-200.jsonl");
        try (InputStream in = DemoCommand.class.getResourceAsStream("/demo/dialogues-200.jsonl")) {
            Files.copy(Objects.requireNonNull(in, "the bundled conversations"), file);
        }
        return file;
    }

    private static ImportReport bring(DemoService service, String key, Path file) throws IOException {
        try (HttpSink sink = new HttpSink(service.base(), key, Users.named(DemoTour.USER), Duration.ofSeconds(30));
                JsonLinesSource source = JsonLinesSource.open(file);
                Progress progress = ImportCommand.progress(Files.size(file))) {
            return new Importer(sink, progress).run(source);
        }
    }
}
