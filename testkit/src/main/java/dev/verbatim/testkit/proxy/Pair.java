package dev.verbatim.testkit.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/** A client's connection and the one that goes on from it to the server. */
final class Pair {
    private final Socket client;
    private final Socket server;
    private volatile boolean lossy;

    Pair(Socket client, Socket server) {
        this.client = client;
        this.server = server;
    }

    /** Carries both directions until one side has closed. */
    void run(Way requests, Way answers) {
        Thread back = Thread.ofVirtual().start(() -> copy(server, client, answers));
        copy(client, server, requests);
        try {
            back.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void copy(Socket from, Socket to, Way way) {
        byte[] buffer = new byte[16 << 10];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (!way.carry(buffer, n, to.getOutputStream())) {
                    lossy = true;
                    if (!way.swallows()) {
                        // Healed just now, and this pair was not seen.
                        reset();
                    }
                }
            }
        } catch (IOException e) {
            // One side has closed.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether bytes of it were thrown away, so that what follows would make no sense. */
    boolean isLossy() {
        return lossy;
    }

    /** Ends both connections with a reset. */
    void reset() {
        reset(client);
        reset(server);
    }

    static void reset(Socket socket) {
        try (socket) {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // It is closed already.
        }
    }
}
