package dev.verbatim.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Stands between a client and PostgreSQL, and cuts a connection at its COMMIT. */
final class CommitCutter implements AutoCloseable {
    /** Where to cut. */
    enum Cut {
        NONE,
        /** PostgreSQL never gets the COMMIT. */
        BEFORE_COMMIT,
        /** PostgreSQL commits, its answer is lost. */
        AFTER_COMMIT,
        /** As before, and nothing else gets through until {@link CommitCutter#heal}. */
        AFTER_COMMIT_FOR_GOOD
    }

    private final URI target;
    private final ServerSocket server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Cut> next = new AtomicReference<>(Cut.NONE);
    private final AtomicInteger cuts = new AtomicInteger();
    private volatile boolean severed;

    CommitCutter(String jdbcUrl) throws IOException {
        this.target = URI.create(jdbcUrl.substring("jdbc:".length()));
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(this::accept);
    }

    /** The URL of the same database through here. */
    String url() {
        return "jdbc:postgresql://127.0.0.1:" + server.getLocalPort() + target.getPath() + "?" + target.getQuery();
    }

    void cutNext(Cut cut) {
        next.set(cut);
    }

    int cuts() {
        return cuts.get();
    }

    void heal() {
        severed = false;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                sockets.add(client);
                if (severed) {
                    client.close();
                } else {
                    Socket upstream = new Socket(target.getHost(), target.getPort());
                    sockets.add(upstream);
                    Thread answers = Thread.startVirtualThread(() -> toClient(upstream, client));
                    Thread.startVirtualThread(() -> toServer(client, upstream, answers));
                }
            } catch (IOException e) {
                // Closed, or the client has gone: the loop's condition tells which.
            }
        }
    }

    private void toServer(Socket client, Socket upstream, Thread answers) {
        byte[] buffer = new byte[1 << 16];
        CommitSeen commits = new CommitSeen();
        try (client;
                upstream) {
            InputStream in = client.getInputStream();
            OutputStream out = upstream.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (severed) {
                    return;
                }
                Cut cut = commits.isIn(buffer, n) ? next.getAndSet(Cut.NONE) : Cut.NONE;
                if (cut == Cut.BEFORE_COMMIT) {
                    cuts.incrementAndGet();
                    return;
                }
                if (cut != Cut.NONE) {
                    severed = cut == Cut.AFTER_COMMIT_FOR_GOOD;
                    cuts.incrementAndGet();
                    client.shutdownOutput();
                    out.write(buffer, 0, n);
                    // The end of input lets the server end the session, but only after it has committed.
                    upstream.shutdownOutput();
                    answers.join();
                    return;
                }
                out.write(buffer, 0, n);
            }
        } catch (IOException | InterruptedException e) {
            // One side has gone, and both are closed now.
        }
    }

    /** Reads to the server's end, whether or not the client still takes it. */
    private static void toClient(Socket upstream, Socket client) {
        byte[] buffer = new byte[1 << 16];
        try {
            InputStream in = upstream.getInputStream();
            OutputStream out = client.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (!client.isOutputShutdown()) {
                    out.write(buffer, 0, n);
                }
            }
        } catch (IOException e) {
            // One side has gone; the other direction closes both.
        }
    }

    private void closeAll() {
        for (Socket socket : sockets) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        closeAll();
    }
}
