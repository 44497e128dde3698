package dev.verbatim.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

/** The port of one server: the one it had last time when that is free, or else another free one. */
final class Ports {
    /**
     * Below the ports a system gives to outgoing connections: of those, any client could hold ours while the server is
     * started again, even a client of ours that connects to itself.
     */
    private static final int LOWEST = 15_000;

    private static final int HIGHEST = 32_000;
    private static final int TRIES = 200;

    private final Path file;
    private int port;

    Ports(Path file) {
        this.file = file;
    }

    int current() {
        return port;
    }

    /** Chooses the port, the last one if possible, and writes it down. */
    void choose() throws IOException {
        int last = last();
        if (last != 0 && isFree(last)) {
            port = last;
        } else {
            chooseAnother();
        }
    }

    /** Chooses a port at random and writes it down. */
    void chooseAnother() throws IOException {
        for (int i = 0; i < TRIES; i++) {
            int candidate = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (isFree(candidate)) {
                port = candidate;
                Trees.writePrivately(file, candidate + "\n");
                return;
            }
        }
        throw new EmbeddedException("No free port on 127.0.0.1 between " + LOWEST + " and " + HIGHEST
                + ": stop some programs that listen there");
    }

    private int last() throws IOException {
        String text = Files.exists(file) ? Files.readString(file).strip() : "";
        return text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
    }

    static boolean isFree(int port) {
        if (port < 1 || port > 0xffff) {
            return false;
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
