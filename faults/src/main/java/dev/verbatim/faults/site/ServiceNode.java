package dev.verbatim.faults.site;

import dev.verbatim.testkit.proxy.FaultProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** A service as a process, behind proxies of its own. For one thread at a time. */
public final class ServiceNode implements AutoCloseable {
    private final String name;
    private final Map<String, String> environment;
    private final int ordersPort = FaultProxy.freePort();
    private final Path log;
    private final Path notes;
    private final int port = FaultProxy.freePort();
    private ServiceCode code;
    private Child child;

    /** Starts it and waits until it is ready. */
    ServiceNode(String name, Map<String, String> places, ServiceCode code, Path log) {
        this.name = name;
        this.code = code;
        environment = new HashMap<>(places);
        environment.put("PORT", Integer.toString(port));
        this.log = log;
        notes = log.resolveSibling(name).toAbsolutePath();
        child = launch();
        Waiting.until(name + " is ready or has ended", () -> !child.isAlive() || Health.isWell(port));
        if (!child.isAlive()) {
            throw new IllegalStateException(name + " does not start; see " + log);
        }
    }

    private Child launch() {
        return Child.start(code.command(ordersPort, notes), environment, log, "");
    }

    /** Where it listens, past all proxies. */
    public int port() {
        return port;
    }

    /** Where it notes when Redis was too slow for it; see {@link dev.verbatim.faults.inside.SlowMoments}. */
    public Path slowMoments() {
        return notes.resolveSibling(name + ".slow");
    }

    /** How it is called in logs. */
    public String name() {
        return name;
    }

    /** Waits until it says that all is well. */
    public void awaitReady() {
        Waiting.until(name + " is ready", () -> {
            if (!child.isAlive()) {
                child = launch();
            }
            return Health.isWell(port);
        });
    }

    /** Kills it. */
    public void kill() {
        child.kill();
    }

    /** Whether its process is there. */
    public boolean isAlive() {
        return child.isAlive();
    }

    /**
     * Has it end when it comes to a point of its code for the {@code times}th time from now on, after its thread stood still
     * there for {@code stall} while the others went on.
     */
    public void arm(String point, int times, Duration stall) {
        try {
            Files.deleteIfExists(died());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        order("die " + point + " " + times + " " + stall.toMillis());
    }

    /** From now on every thread that comes to that point stands still there for so long. */
    public void slowDown(String point, Duration stall) {
        order("slow " + point + " " + stall.toMillis());
    }

    /** Lets it pass all points again. */
    public void disarm() {
        order("whole 0");
    }

    private void order(String order) {
        try (Socket orders = new Socket(InetAddress.getLoopbackAddress(), ordersPort)) {
            orders.getOutputStream().write((order + "\n").getBytes(StandardCharsets.US_ASCII));
            orders.getInputStream().read();
        } catch (IOException e) {
            // It has ended, then.
        }
    }

    /** When, by {@link System#nanoTime} of this machine, it came to the point it was to end at; empty when it has not. */
    public OptionalLong reached() {
        try {
            return Files.exists(died())
                    ? OptionalLong.of(Long.parseLong(Files.readString(died())))
                    : OptionalLong.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path died() {
        return notes.resolveSibling(name + ".died");
    }

    /** Waits until its process has ended. */
    public void awaitEnd() {
        Waiting.until(name + " ends", () -> !child.isAlive());
    }

    /** Starts it again; what it needs may be away. */
    public void start() {
        child = launch();
    }

    /** Ends it in order and starts another version in its place. */
    public void become(Program.Released version) {
        child.signal("TERM");
        awaitEnd();
        code = ServiceCode.of(version);
        start();
        awaitReady();
    }

    /** Stops it in its tracks. */
    public void pause() {
        child.signal("STOP");
    }

    /** Lets it go on. */
    public void resume() {
        child.signal("CONT");
    }

    @Override
    public void close() {
        child.kill();
    }
}
