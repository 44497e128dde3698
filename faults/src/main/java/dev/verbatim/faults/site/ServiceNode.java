package dev.verbatim.faults.site;

import dev.verbatim.testkit.proxy.FaultProxy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A service as a process, behind proxies of its own. For one thread at a time. */
public final class ServiceNode implements AutoCloseable {
    private static final String MAIN = "dev.verbatim.server.Main";

    private final String name;
    private final Map<String, String> settings;
    private final List<String> command;
    private final Path log;
    private final int port = FaultProxy.freePort();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private Child child;

    /** Starts it and waits until it is ready. */
    ServiceNode(String name, Map<String, String> settings, List<String> javaOptions, Path log) {
        this.name = name;
        this.settings = settings;
        this.log = log;
        command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(javaOptions);
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN, "serve"));
        child = launch();
        awaitReady();
    }

    private Child launch() {
        Map<String, String> environment = new java.util.HashMap<>(settings);
        environment.put("PORT", Integer.toString(port));
        return Child.start(command, environment, log, "");
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

    /** Whether it ended, within that time. */
    public boolean ends(Duration limit) {
        return child.ends(limit);
    }

    /** Starts it again and waits until it answers; what it needs may be away. */
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
