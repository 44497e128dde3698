package dev.verbatim.server.http;

import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.ErrorHandling;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The listening server. Closing it stops accepting, lets requests under way end, for a bounded time, and frees the port. */
public final class HttpServer implements AutoCloseable {
    /** Room for method and version beside the longest URL. */
    private static final int PROLOGUE_BYTES = Limits.URL_BYTES + 64;

    private final WebServer server;
    private final Watchdog watchdog;

    private HttpServer(WebServer server, Watchdog watchdog) {
        this.server = server;
        this.watchdog = watchdog;
    }

    /**
     * What a server needs.
     *
     * @param host the address to listen on
     * @param port the port, 0 for any free one
     * @param origins whose pages may call from a browser
     */
    public record Config(
            String host,
            int port,
            Set<String> origins,
            Routes routes,
            Authenticator authenticator,
            HttpMetrics metrics,
            Limits limits) {}

    /**
     * Sees whether a server could listen there, so that nothing else is started in vain.
     *
     * @throws StartException when the port is taken or the host is none of this machine's; the message says what to do
     */
    public static void check(String host, int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            InetSocketAddress address = new InetSocketAddress(host, port);
            if (address.isUnresolved()) {
                throw new StartException("HOST " + host + " is not known; set it to an address of this machine", null);
            }
            probe.bind(address);
        } catch (IOException e) {
            throw cannotListen(host, port, e.getMessage(), e);
        }
    }

    /**
     * Starts to listen.
     *
     * @throws StartException when the port is taken or the host is none of this machine's; the message says what to do
     */
    public static HttpServer start(Config config) {
        check(config.host(), config.port());
        Watchdog watchdog = new Watchdog();
        WebServer server = listen(config, watchdog);
        if (!server.isRunning()) {
            // Taken since it was checked: Helidon logs that, but throws nothing.
            watchdog.close();
            throw cannotListen(config.host(), config.port(), "taken just now", null);
        }
        return new HttpServer(server, watchdog);
    }

    private static StartException cannotListen(String host, int port, @Nullable String why, @Nullable Throwable cause) {
        return new StartException(
                "cannot listen on " + host + ":" + port + " (" + why
                        + "); set PORT to a free port, or HOST to an address of this machine",
                cause);
    }

    private static WebServer listen(Config config, Watchdog watchdog) {
        Dispatcher dispatcher = new Dispatcher(
                config.routes(),
                config.authenticator(),
                new Cors(config.origins()),
                config.limits(),
                watchdog,
                config.metrics());
        return WebServer.builder()
                .host(config.host())
                .port(config.port())
                .shutdownHook(false)
                .shutdownGracePeriod(config.limits().stopTime())
                .connectionOptions(SocketOptions.builder().tcpNoDelay(true).build())
                // Only this one: so a request of another version comes to it too, and is told what is spoken here.
                .protocolsDiscoverServices(false)
                .addProtocol(http1(config.limits(), watchdog))
                .errorHandling(ErrorHandling.builder().includeEntity(true).build())
                .directHandlers(DirectErrors.handlers())
                .routing(HttpRouting.builder()
                        .addFilter((chain, request, response) -> dispatcher.handle(request, response)))
                .build()
                .start();
    }

    /** Paths and queries are checked by the dispatcher, which sees them as they came. */
    private static Http1Config http1(Limits limits, Watchdog watchdog) {
        return Http1Config.builder()
                .maxPrologueLength(PROLOGUE_BYTES)
                .maxHeadersSize(Limits.HEADER_BYTES)
                .validatePath(false)
                .validatePrologue(false)
                // One alone: of several Helidon tells none.
                .addReceiveListener(new HeadTimer(watchdog, limits.headTime()))
                .build();
    }

    /** The port it listens on. */
    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.stop();
        watchdog.close();
    }
}
