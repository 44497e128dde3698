package dev.verbatim.postgres;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;

/** Leads to a PostgreSQL and, as poolers do, begins each connection with a process id of its own. */
final class PoolerLike implements AutoCloseable {
    private static final int BACKEND_KEY = 'K';

    private final ServerSocket listening;
    private final URI server;

    /** Before the server of that {@code jdbc:} URL. */
    PoolerLike(String url) throws IOException {
        server = URI.create(url.substring("jdbc:".length()));
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /** The same URL, through this. */
    String url() {
        return "jdbc:"
                + server.toString()
                        .replace(server.getHost() + ":" + server.getPort(), "127.0.0.1:" + listening.getLocalPort());
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                Socket upstream = new Socket(server.getHost(), server.getPort());
                Thread.ofVirtual().start(() -> requests(client, upstream));
                Thread.ofVirtual().start(() -> answers(client, upstream));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private static void requests(Socket client, Socket upstream) {
        try (client;
                upstream) {
            client.getInputStream().transferTo(upstream.getOutputStream());
        } catch (IOException e) {
            // One of them has ended.
        }
    }

    private static void answers(Socket client, Socket upstream) {
        try (client;
                upstream;
                DataInputStream in = new DataInputStream(new BufferedInputStream(upstream.getInputStream()));
                DataOutputStream out = new DataOutputStream(client.getOutputStream())) {
            int type;
            do {
                type = in.readUnsignedByte();
                int length = in.readInt();
                byte[] body = in.readNBytes(length - Integer.BYTES);
                if (type == BACKEND_KEY) {
                    body[0] ^= 1;
                }
                out.writeByte(type);
                out.writeInt(length);
                out.write(body);
            } while (type != BACKEND_KEY);
            in.transferTo(out);
        } catch (IOException e) {
            // One of them has ended.
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
