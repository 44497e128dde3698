package dev.verbatim.faults.inside;

import dev.verbatim.faults.Pause;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

/**
 * The named points of a service. The one that is armed ends the process, as {@code kill -9} does, when it is reached; at a
 * slow one every thread stands still for a while.
 */
public final class Points {
    private static final int KILLED = 137;
    private static final ThreadLocal<Boolean> INSERTED = ThreadLocal.withInitial(() -> false);
    private static final ThreadLocal<Boolean> COMMITTING = ThreadLocal.withInitial(() -> false);

    private static volatile String armed = "";
    private static volatile String slow = "";
    private static volatile Duration stall = Duration.ZERO;
    private static int left;
    private static volatile Path died = Path.of("");

    private Points() {}

    static void noteIn(Path file) {
        died = file;
    }

    /** Says that the thread is at that point. */
    public static void reached(String point) {
        if (point.equals(armed) && isFatal(point)) {
            Pause.of(stall);
            Runtime.getRuntime().halt(KILLED);
        }
        if (point.equals(slow)) {
            Pause.of(stall);
        }
    }

    /** Notes when the point was reached for the last time that was asked for: from then on something is broken. */
    private static synchronized boolean isFatal(String point) {
        long now = System.nanoTime();
        if (!point.equals(armed) || --left > 0) {
            return false;
        }
        armed = "";
        try {
            Path unfinished = died.resolveSibling(died.getFileName() + ".new");
            Files.writeString(unfinished, Long.toString(now), StandardCharsets.US_ASCII);
            Files.move(unfinished, died, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return true;
    }

    /** Says that the thread's transaction will store messages, so that its next commit is one of theirs. */
    public static void inserted() {
        INSERTED.set(true);
    }

    /** Says that the thread begins to commit, or has ended to. */
    public static void committing(boolean now) {
        if (now && INSERTED.get()) {
            INSERTED.set(false);
            reached("before-commit");
        }
        COMMITTING.set(now);
    }

    /** Says that the thread waits for an answer of PostgreSQL: what it asked is on its way. */
    public static void awaitsAnswer() {
        if (COMMITTING.get()) {
            reached("commit-sent");
        }
    }

    /** Orders are {@code die POINT TIMES MILLIS}, {@code slow POINT MILLIS} and {@code whole 0}; each ends the one before. */
    private static synchronized void obey(String[] order) {
        armed = "";
        slow = "";
        stall = Duration.ofMillis(Integer.parseInt(order[order.length - 1]));
        switch (order[0]) {
            case "die" -> {
                left = Integer.parseInt(order[2]);
                armed = order[1];
            }
            case "slow" -> slow = order[1];
            default -> {}
        }
    }

    /** Takes orders on a port of this machine, one a line. */
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
                    obey(line.split(" ", -1));
                    order.getOutputStream().write('\n');
                }
            } catch (IOException e) {
                // Whoever gave the order has gone.
            }
        }
    }
}
