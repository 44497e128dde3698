package dev.verbatim.faults.agent;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** The named points of a service. The one that is armed ends the process, as {@code kill -9} does, when it is reached. */
public final class Points {
    private static final int KILLED = 137;

    private static final AtomicInteger LEFT = new AtomicInteger();
    private static final ThreadLocal<Boolean> COMMITTING = ThreadLocal.withInitial(() -> false);

    private static volatile String armed = "";

    private Points() {}

    /** Says that the thread is at that point. */
    public static void reached(String point) {
        if (point.equals(armed) && LEFT.decrementAndGet() == 0) {
            Runtime.getRuntime().halt(KILLED);
        }
    }

    /** Says that the thread begins to commit, or has ended to. */
    public static void committing(boolean now) {
        COMMITTING.set(now);
    }

    /** Says that the thread waits for an answer of PostgreSQL: what it asked is on its way. */
    public static void awaitsAnswer() {
        if (COMMITTING.get()) {
            reached("commit-sent");
        }
    }

    private static void arm(String point, int times) {
        armed = "";
        LEFT.set(times);
        armed = point;
    }

    /** Takes orders on a port of this machine: a line with a point and how often it is to be passed before. */
    static void listen(int port) {
        try {
            ServerSocket orders = new ServerSocket(port, 5, InetAddress.getLoopbackAddress());
            Thread.ofPlatform().name("fault-points").daemon().start(() -> take(orders));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void take(ServerSocket orders) {
        while (true) {
            try (Socket order = orders.accept();
                    BufferedReader in = new BufferedReader(
                            new InputStreamReader(order.getInputStream(), StandardCharsets.US_ASCII))) {
                String line = in.readLine();
                if (line != null) {
                    int space = line.indexOf(' ');
                    arm(line.substring(0, space), Integer.parseInt(line.substring(space + 1)));
                    order.getOutputStream().write('\n');
                }
            } catch (IOException e) {
                // Whoever gave the order has gone.
            }
        }
    }
}
