package dev.verbatim.server;

import dev.verbatim.HistoryConfig;
import dev.verbatim.HybridHistoryStore;
import dev.verbatim.testkit.proxy.FaultProxy;
import java.net.URI;
import java.util.function.UnaryOperator;

/** A server on real PostgreSQL and Redis, whose lines to them can be broken; others may be on the same two. */
final class FragileServer implements AutoCloseable {
    final FaultProxy postgres;
    final FaultProxy redis;
    final HybridHistoryStore store;
    private final TestServer server;

    FragileServer(String databaseUrl, String redisUrl, UnaryOperator<HistoryConfig> settings) {
        postgres = lineTo(databaseUrl);
        redis = lineTo(redisUrl);
        store = HybridHistoryStore.open(
                settings.apply(HistoryConfig.of(through(postgres, databaseUrl), through(redis, redisUrl))));
        server = TestServer.start(store, store.accounts());
    }

    private static URI address(String url) {
        return URI.create(url.startsWith("jdbc:") ? url.substring("jdbc:".length()) : url);
    }

    private static FaultProxy lineTo(String url) {
        FaultProxy line = new FaultProxy(address(url).getHost(), address(url).getPort());
        line.open();
        return line;
    }

    private static String through(FaultProxy line, String url) {
        return url.replace(address(url).getHost() + ":" + address(url).getPort(), "127.0.0.1:" + line.port());
    }

    TestClient as(String user) {
        return server.as(user);
    }

    TestClient anonymous() {
        return server.anonymous();
    }

    /** What {@code /health/ready} calls it. */
    String status() {
        return anonymous().get("/health/ready").json().at("/status").asString();
    }

    /** Whether {@code /health/ready} says so. */
    boolean says(String what) {
        return anonymous().get("/health/ready").json().at("/" + what).asBoolean();
    }

    /** The value of a line of {@code /metrics} that begins so; 0 when there is none. */
    double metric(String name) {
        return anonymous()
                .get("/metrics")
                .text()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElse(0);
    }

    @Override
    public void close() {
        postgres.heal();
        redis.heal();
        server.close();
        store.close();
        postgres.close();
        redis.close();
    }
}
