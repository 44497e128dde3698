package dev.verbatim.testkit.redis;

import dev.verbatim.testkit.Await;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A primary, its replicas, and three sentinels that watch them. */
public final class RedisSentinels implements RedisGroup {
    private static final String NAME = "main";
    private static final int SENTINELS = 3;
    private static final String INFO = "INFO replication";

    private final List<RedisProcess> servers = new ArrayList<>();
    private final List<RedisProcess> sentinels = new ArrayList<>();

    private RedisSentinels() {}

    /**
     * Starts all and waits until they have found each other.
     *
     * @param timeoutMillis after which a primary that does not answer is replaced
     */
    public static RedisSentinels start(Path executable, Path directory, int replicas, int timeoutMillis) {
        RedisSentinels all = new RedisSentinels();
        RedisProcess primary = RedisProcess.server(executable, directory.resolve("server-0"), "");
        all.servers.add(primary);
        Await.until(primary::answers);
        String follow = "replicaof 127.0.0.1 " + primary.port() + "\n";
        for (int i = 1; i <= replicas; i++) {
            all.servers.add(RedisProcess.server(executable, directory.resolve("server-" + i), follow));
        }
        Await.until(all::isWhole);
        for (int i = 0; i < SENTINELS; i++) {
            all.sentinels.add(RedisProcess.sentinel(
                    executable, directory.resolve("sentinel-" + i), watch(primary, timeoutMillis)));
        }
        Await.until(all::knowEachOther);
        return all;
    }

    private static String watch(RedisProcess primary, int timeoutMillis) {
        return """
                bind 127.0.0.1
                sentinel monitor %1$s 127.0.0.1 %2$d 2
                sentinel down-after-milliseconds %1$s %3$d
                sentinel failover-timeout %1$s 5000
                """.formatted(NAME, primary.port(), timeoutMillis);
    }

    private boolean knowEachOther() {
        return sentinels.stream().allMatch(sentinel -> sentinel.says("SENTINEL CKQUORUM " + NAME, "+OK 3 "))
                && sentinels.stream()
                        .allMatch(sentinel -> sentinel.says("SENTINEL REPLICAS " + NAME, "*" + (servers.size() - 1)));
    }

    @Override
    public String url() {
        return sentinels.stream()
                .map(sentinel -> "127.0.0.1:" + sentinel.port())
                .collect(Collectors.joining(",", "redis-sentinel://", "#" + NAME));
    }

    @Override
    public List<RedisProcess> servers() {
        return servers;
    }

    /** Those that take themselves for it; one that was paused may do so for a while. */
    @Override
    public List<RedisProcess> primaries() {
        return servers.stream().filter(RedisProcess::isPrimary).toList();
    }

    @Override
    public List<RedisProcess> replicas(RedisProcess primary) {
        return servers.stream()
                .filter(server -> server.tells(INFO, "master_port:" + primary.port()))
                .toList();
    }

    @Override
    public boolean isWhole() {
        return primaries().size() == 1
                && servers.stream()
                                .filter(server -> server.tells(INFO, "master_link_status:up"))
                                .count()
                        == servers.size() - 1;
    }

    @Override
    public void failOver(RedisProcess primary) {
        Await.until(() -> sentinels.getFirst().says("SENTINEL FAILOVER " + NAME, "+OK"));
    }

    @Override
    public void close() {
        servers.forEach(RedisProcess::close);
        sentinels.forEach(RedisProcess::close);
    }
}
