package dev.verbatim.redis;

import dev.verbatim.testkit.Await;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** A port of its own that leads to the real Redis, and can be closed, opened again, and told to hold answers back. */
final class Forwarder implements AutoCloseable {
    private final int port;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile @Nullable ServerSocket server;
    private volatile CountDownLatch gate = new CountDownLatch(0);

    /** Begins closed. */
    Forwarder() {
        port = freePort();
    }

    /**
     * Below the ports the system gives to outgoing connections: one of those could take ours while it is closed, even the
     * client's own attempt to connect to it.
     */
    private static int freePort() {
        while (true) {
            int candidate = ThreadLocalRandom.current().nextInt(15_000, 32_000);
            try (ServerSocket probe = new ServerSocket(candidate, 1, InetAddress.getLoopbackAddress())) {
                return probe.getLocalPort();
            } catch (IOException e) {
                // taken: another
            }
        }
    }

    String url() {
        String login = URI.create(RawRedis.URL).getRawUserInfo();
        return "redis://" + (login == null ? "" : login + "@") + "127.0.0.1:" + port;
    }

    /** Waits for the port when the system has not given it back yet. */
    void open() {
        Await.until(this::tryToOpen);
    }

    private boolean tryToOpen() {
        try {
            ServerSocket listening = new ServerSocket();
            listening.setReuseAddress(true);
            listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            server = listening;
            Thread.ofVirtual().start(() -> accept(listening));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** From now on answers do not come through. */
    void holdAnswers() {
        gate = new CountDownLatch(1);
    }

    /** Lets the answers that were held back, and all others, through. */
    void releaseAnswers() {
        gate.countDown();
    }

    private void accept(ServerSocket listening) {
        URI redis = URI.create(RawRedis.URL);
        try {
            while (true) {
                Socket client = listening.accept();
                Socket there = new Socket(redis.getHost(), redis.getPort());
                sockets.add(client);
                sockets.add(there);
                Thread.ofVirtual().start(() -> copy(client, there, false));
                Thread.ofVirtual().start(() -> copy(there, client, true));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void copy(Socket from, Socket to, boolean answers) {
        byte[] buffer = new byte[8192];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (answers) {
                    gate.await();
                }
                to.getOutputStream().write(buffer, 0, n);
            }
        } catch (IOException e) {
            // one side has closed
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        try {
            ServerSocket listening = server;
            if (listening != null) {
                listening.close();
            }
            for (Socket socket : sockets) {
                socket.close();
            }
            sockets.clear();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
