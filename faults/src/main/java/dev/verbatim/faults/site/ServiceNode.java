package dev.verbatim.faults.site;

import dev.verbatim.testkit.proxy.FaultProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A service as a process, behind proxies of its own. For one thread at a time. */
public final class ServiceNode implements AutoCloseable {
    private static final String MAIN = "dev.verbatim.server.Main";

    /** What this harness runs out of: with the libraries it names, the service too. */
    private static final Path JAR =
            Path.of(System.getProperty("java.class.path")).toAbsolutePath();

    private final String name;
    private final Map<String, String> environment;
    private final int agentPort = FaultProxy.freePort();
    private final List<String> command;
    private final Path log;
    private final int port = FaultProxy.freePort();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private Child child;

    /** Starts it and waits until it is ready. */
    ServiceNode(String name, ServiceSettings settings, Map<String, String> places, Path log) {
        this.name = name;
        environment = new HashMap<>(settings.environment());
        environment.putAll(places);
        environment.put("PORT", Integer.toString(port));
        this.log = log;
        command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-javaagent:" + JAR + "=" + agentPort
                + settings.mutant().map(mutant -> "," + mutant).orElse(""));
        command.addAll(List.of(
                "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of("-cp", JAR.toString(), MAIN, "serve"));
        child = launch();
        awaitReady();
    }

    private Child launch() {
        return Child.start(command, environment, log, "");
    }

    /** Kills those that a run left behind which was killed itself. */
    static void killLeftBehind() {
        ProcessHandle.allProcesses()
                .filter(process -> Arrays.asList(process.info().arguments().orElse(new String[0]))
                        .containsAll(List.of(JAR.toString(), MAIN)))
                .forEach(ProcessHandle::destroyForcibly);
    }

    /** Where it listens, past all proxies. */
    public int port() {
        return port;
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
            return isReady();
        });
    }

    private boolean isReady() {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString())
                    .body()
                    .contains("\"status\":\"ok\"");
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Kills it. */
    public void kill() {
        child.kill();
    }

    /** Whether its process is there. */
    public boolean isAlive() {
        return child.isAlive();
    }

    /** Has it end when it comes to a point of its code for the {@code times}th time from now on. */
    public void arm(String point, int times) {
        try (Socket orders = new Socket(InetAddress.getLoopbackAddress(), agentPort)) {
            orders.getOutputStream().write((point + " " + times + "\n").getBytes(StandardCharsets.US_ASCII));
            orders.getInputStream().read();
        } catch (IOException e) {
            // It has ended, then.
        }
    }

    /** Lets it pass all points again. */
    public void disarm() {
        arm("none", 0);
    }

    /** Starts it again; what it needs may be away. */
    public void start() {
        child = launch();
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
        http.close();
    }
}
