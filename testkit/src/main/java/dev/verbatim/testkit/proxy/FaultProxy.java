package dev.verbatim.testkit.proxy;

import dev.verbatim.testkit.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A port on this machine that leads to a server, and can be broken while it is used. Begins closed; {@link #open} it.
 * Thread-safe.
 */
public final class FaultProxy implements AutoCloseable {
    private static final int CONNECT_MILLIS = 2_000;

    private final InetSocketAddress server;
    private final int port;
    private final Way requests = new Way();
    private final Way answers = new Way();
    private final Set<Pair> pairs = ConcurrentHashMap.newKeySet();
    private volatile @Nullable ServerSocket listening;
    private volatile @Nullable Thread accepting;

    /** Leads to a server that need not be there yet. */
    public FaultProxy(String host, int serverPort) {
        server = new InetSocketAddress(host, serverPort);
        port = freePort();
    }

    /**
     * A port nobody listens on, below those the system gives to outgoing connections: one of these could take ours while it
     * is closed, even a client's own attempt to connect to it.
     */
    public static int freePort() {
        while (true) {
            int candidate = ThreadLocalRandom.current().nextInt(15_000, 32_000);
            try (ServerSocket probe = new ServerSocket(candidate, 1, InetAddress.getLoopbackAddress())) {
                return probe.getLocalPort();
            } catch (IOException e) {
                // Taken: another.
            }
        }
    }

    /** Where clients connect to, on the loopback address; always the same. */
    public int port() {
        return port;
    }

    /** Lets clients connect; waits for the port when the system has not given it back yet. */
    public void open() {
        Await.until(this::tryToOpen);
    }

    private boolean tryToOpen() {
        try {
            ServerSocket opened = new ServerSocket();
            opened.setReuseAddress(true);
            opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            listening = opened;
            accepting = Thread.ofVirtual().start(() -> accept(opened));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void accept(ServerSocket opened) {
        try {
            while (true) {
                Socket client = opened.accept();
                Thread.ofVirtual().start(() -> serve(opened, client));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void serve(ServerSocket opened, Socket client) {
        Socket there = new Socket();
        Pair pair = new Pair(client, there);
        pairs.add(pair);
        try {
            client.setTcpNoDelay(true);
            there.setTcpNoDelay(true);
            there.connect(server, CONNECT_MILLIS);
            if (opened.isClosed()) {
                pair.reset();
            }
            pair.run(requests, answers);
        } catch (IOException e) {
            pair.reset();
        } finally {
            pairs.remove(pair);
        }
    }

    /** From now on everything takes so much longer in each direction. */
    public void delay(Duration by) {
        set(new Traffic.IsLate(by), new Traffic.IsLate(by));
    }

    /** From now on everything is taken and nothing comes through, in both directions. */
    public void blackHole() {
        set(new Traffic.IsSwallowed(), new Traffic.IsSwallowed());
    }

    /** From now on what clients send does not come through. */
    public void holdRequests() {
        requests.set(new Traffic.IsHeld());
    }

    /** From now on what the server answers does not come through. */
    public void holdAnswers() {
        answers.set(new Traffic.IsHeld());
    }

    /** From now on so many bytes come through at a time, with such a pause after them, in each direction. */
    public void drip(int bytes, Duration pause) {
        set(new Traffic.Drips(bytes, pause), new Traffic.Drips(bytes, pause));
    }

    /** Ends all connections with a reset; new ones may be made. */
    public void reset() {
        reset(pair -> true);
    }

    /** From now on everything comes through, also what was held; connections that lost something are reset. */
    public void heal() {
        set(new Traffic.Passes(), new Traffic.Passes());
        reset(Pair::isLossy);
    }

    private void set(Traffic request, Traffic answer) {
        requests.set(request);
        answers.set(answer);
    }

    private void reset(Predicate<Pair> which) {
        pairs.stream().filter(which).forEach(Pair::reset);
    }

    /** Ends all connections and lets no client connect until it is opened again. */
    @Override
    public void close() {
        try {
            ServerSocket opened = listening;
            Thread thread = accepting;
            if (opened != null && thread != null) {
                opened.close();
                // The port takes connections until the thread that waits for them has let it go.
                thread.join();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        reset();
    }
}
