package dev.verbatim.bench.http;

import dev.verbatim.bench.load.Measured;
import dev.verbatim.bench.load.Spent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/**
 * An HTTP client for loads: one thread, many connections, requests that are ready as bytes. For one thread at a time.
 */
public final class HttpLoad implements AutoCloseable {
    private static final int DIGITS = 3;
    private static final long NANOS_A_SECOND = Duration.ofSeconds(1).toNanos();
    private static final long SHORT_PAUSE = Duration.ofNanos(50_000).toNanos();

    /** How long answers may take after the last request was sent. */
    private static final long PATIENCE = Duration.ofSeconds(10).toNanos();

    private final Selector selector;
    private final List<HttpConnection> connections = new ArrayList<>();

    /** Connects so many times to a port of this machine. */
    public HttpLoad(int port, int count) {
        try {
            selector = Selector.open();
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            for (int i = 0; i < count; i++) {
                connections.add(new HttpConnection(address, selector));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A request that is ready to be sent.
     *
     * @param kind in which of the results it counts
     */
    public record Request(ByteBuffer bytes, int kind) {
        /** Of bytes that nobody changes. */
        public Request(byte[] bytes, int kind) {
            this(ByteBuffer.wrap(bytes), kind);
        }
    }

    /**
     * Sends requests for {@code time}.
     *
     * @param rate how many are to begin each second, and their latencies count from then; 0 for as many as are answered,
     *     one at a time on each connection
     * @param kinds how many kinds of requests there are
     * @return what was measured of each kind
     */
    public List<Measured> run(Duration time, int rate, int kinds, Supplier<Request> requests) {
        try {
            return new Run(time.toNanos(), rate, kinds, requests).go();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Run {
        private final long time;
        private final int rate;
        private final Supplier<Request> requests;
        private final List<Histogram> latencies = new ArrayList<>();
        private final long[] failed;
        private final Deque<HttpConnection> idle = new ArrayDeque<>(connections);
        private final long began = System.nanoTime();
        private long sent;

        Run(long time, int rate, int kinds, Supplier<Request> requests) {
            this.time = time;
            this.rate = rate;
            this.requests = requests;
            failed = new long[kinds];
            for (int i = 0; i < kinds; i++) {
                latencies.add(new Histogram(DIGITS));
            }
        }

        List<Measured> go() throws IOException {
            Spent before = Spent.now();
            while (System.nanoTime() - began < time || idle.size() < connections.size()) {
                if (System.nanoTime() - began > time + PATIENCE) {
                    throw new IOException(connections.size() - idle.size() + " requests were not answered");
                }
                send();
                receive();
            }
            long elapsed = System.nanoTime() - began;
            Spent spent = Spent.now().since(before);
            List<Measured> measured = new ArrayList<>();
            for (int i = 0; i < failed.length; i++) {
                measured.add(Measured.of(latencies.get(i), elapsed, spent, failed[i]));
            }
            return measured;
        }

        /** When the next request is to begin. */
        private long due() {
            return rate == 0 ? System.nanoTime() : began + sent * NANOS_A_SECOND / rate;
        }

        private void send() throws IOException {
            while (!idle.isEmpty()) {
                long due = due();
                if (due - began >= time || System.nanoTime() < due) {
                    return;
                }
                sent++;
                idle.removeFirst().send(requests.get(), due);
            }
        }

        private void receive() throws IOException {
            if (rate == 0 || idle.isEmpty()) {
                selector.select(1);
            } else if (selector.selectNow() == 0) {
                LockSupport.parkNanos(SHORT_PAUSE);
            }
            for (SelectionKey key : selector.selectedKeys()) {
                HttpConnection connection = (HttpConnection) key.attachment();
                if (connection.receive()) {
                    count(connection);
                    idle.addLast(connection);
                }
            }
            selector.selectedKeys().clear();
        }

        private void count(HttpConnection connection) {
            int kind = connection.kind();
            if (connection.wasGood()) {
                latencies.get(kind).recordValue(Math.max(1, System.nanoTime() - connection.due()));
            } else {
                failed[kind]++;
            }
        }
    }

    @Override
    public void close() {
        try {
            for (HttpConnection connection : connections) {
                connection.close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
