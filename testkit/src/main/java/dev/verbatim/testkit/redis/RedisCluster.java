package dev.verbatim.testkit.redis;

import dev.verbatim.testkit.Await;
import dev.verbatim.testkit.proxy.FaultProxy;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A Redis Cluster. */
public final class RedisCluster implements RedisGroup {
    /** A failover that was asked for and is not done by then is given up by Redis. */
    private static final Duration FAIL_OVER_ENDS = Duration.ofSeconds(6);

    private static final int SLOTS = 16_384;
    private static final String INFO = "CLUSTER INFO";

    private final List<RedisProcess> servers = new ArrayList<>();
    private final List<Integer> busPorts = new ArrayList<>();

    private RedisCluster() {}

    /**
     * Starts one and waits until it serves.
     *
     * @param primaries how many, at least three
     * @param replicas how many each of them has
     * @param timeoutMillis after which one that does not answer is replaced
     */
    public static RedisCluster start(Path executable, Path directory, int primaries, int replicas, int timeoutMillis) {
        RedisCluster cluster = new RedisCluster();
        for (int i = 0; i < primaries * (1 + replicas); i++) {
            cluster.add(executable, directory.resolve("node-" + i), timeoutMillis);
        }
        cluster.join(primaries);
        return cluster;
    }

    private void add(Path executable, Path directory, int timeoutMillis) {
        int busPort = FaultProxy.freePort();
        busPorts.add(busPort);
        servers.add(RedisProcess.server(executable, directory, """
                cluster-enabled yes
                cluster-port %d
                cluster-node-timeout %d
                cluster-replica-validity-factor 0
                """.formatted(busPort, timeoutMillis)));
    }

    private void join(int primaries) {
        for (RedisProcess server : servers) {
            Await.until(server::answers);
        }
        for (int i = 0; i < primaries; i++) {
            RedisProcess primary = servers.get(i);
            primary.send("CLUSTER ADDSLOTSRANGE " + SLOTS * i / primaries + " " + (SLOTS * (i + 1) / primaries - 1));
            primary.send("CLUSTER SET-CONFIG-EPOCH " + (i + 1));
        }
        for (int i = 1; i < servers.size(); i++) {
            servers.getFirst().send("CLUSTER MEET 127.0.0.1 " + servers.get(i).port() + " " + busPorts.get(i));
        }
        for (RedisProcess server : servers) {
            Await.until(() -> server.tells(INFO, "cluster_state:ok")
                    && server.tells(INFO, "cluster_known_nodes:" + servers.size()));
        }
        for (int i = primaries; i < servers.size(); i++) {
            servers.get(i).send("CLUSTER REPLICATE " + id(servers.get(i % primaries)));
        }
        Await.until(this::isWhole);
    }

    /** What the cluster calls it. */
    public String id(RedisProcess server) {
        return server.text("CLUSTER MYID");
    }

    @Override
    public String url() {
        return servers.stream()
                .map(server -> "127.0.0.1:" + server.port())
                .collect(Collectors.joining(",", "redis://", ""));
    }

    @Override
    public List<RedisProcess> servers() {
        return servers;
    }

    /** As the first one that runs sees it. */
    private List<String[]> nodes() {
        for (RedisProcess server : servers) {
            try {
                return server.text("CLUSTER NODES")
                        .lines()
                        .map(line -> line.split(" ", -1))
                        .toList();
            } catch (UncheckedIOException e) {
                // The next may run.
            }
        }
        throw new IllegalStateException("no node of the cluster runs");
    }

    @Override
    public List<RedisProcess> primaries() {
        return servers.stream().filter(RedisCluster::isPrimary).toList();
    }

    private static boolean isPrimary(RedisProcess server) {
        try {
            return server.text("CLUSTER NODES").lines().anyMatch(line -> {
                String[] words = line.split(" ", -1);
                return words[2].equals("myself,master") && words.length > 8;
            });
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    @Override
    public List<RedisProcess> replicas(RedisProcess primary) {
        String id = id(primary);
        return nodes().stream()
                .filter(words -> words[3].equals(id))
                .map(words -> at(words[1]))
                .toList();
    }

    private RedisProcess at(String address) {
        int port = Integer.parseInt(address.substring(address.indexOf(':') + 1, address.indexOf('@')));
        return servers.stream()
                .filter(server -> server.port() == port)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public boolean isWhole() {
        return servers.stream()
                .allMatch(server -> server.tells(INFO, "cluster_state:ok")
                        && server.tells(INFO, "cluster_slots_ok:" + SLOTS)
                        && seesEachInItsPlace(server)
                        && (isPrimary(server) || server.tells("INFO replication", "master_link_status:up")));
    }

    /** What one node is, the others learn a moment later: before, it is a primary without slots to them. */
    private static boolean seesEachInItsPlace(RedisProcess server) {
        try {
            return server.text("CLUSTER NODES")
                    .lines()
                    .map(line -> line.split(" ", -1))
                    .noneMatch(words -> words[2].contains("fail")
                            || words[2].contains("handshake")
                            || (words[2].contains("master") && words.length == 8));
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    @Override
    public void failOver(RedisProcess primary) {
        RedisProcess replica = replicas(primary).getFirst();
        AtomicLong asked = new AtomicLong(System.nanoTime() - FAIL_OVER_ENDS.toNanos());
        Await.until(() -> {
            if (System.nanoTime() - asked.get() >= FAIL_OVER_ENDS.toNanos()) {
                replica.says("CLUSTER FAILOVER", "+OK");
                asked.set(System.nanoTime());
            }
            return replica.isPrimary();
        });
    }

    /** The slots it serves. */
    public List<Integer> slots(RedisProcess server) {
        return server.text("CLUSTER NODES")
                .lines()
                .map(line -> line.split(" ", -1))
                .filter(words -> words[2].startsWith("myself,master"))
                .flatMap(words -> Arrays.stream(words).skip(8))
                .filter(range -> !range.startsWith("["))
                .map(range -> range.split("-", -1))
                .flatMap(ends -> IntStream.rangeClosed(
                                Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]))
                        .boxed())
                .toList();
    }

    /** Moves a slot with all that is in it, as resharding does. */
    public void move(int slot, RedisProcess from, RedisProcess to) {
        to.send("CLUSTER SETSLOT " + slot + " IMPORTING " + id(from));
        from.send("CLUSTER SETSLOT " + slot + " MIGRATING " + id(to));
        while (!from.send("CLUSTER COUNTKEYSINSLOT " + slot).equals(":0")) {
            from.send("EVAL \"for _,k in ipairs(redis.call('CLUSTER','GETKEYSINSLOT'," + slot
                    + ",10))do redis.call('MIGRATE','127.0.0.1'," + to.port() + ",k,0,5000)end return 1\" 0");
        }
        String id = id(to);
        to.send("CLUSTER SETSLOT " + slot + " NODE " + id);
        from.send("CLUSTER SETSLOT " + slot + " NODE " + id);
    }

    @Override
    public void close() {
        servers.forEach(RedisProcess::close);
    }
}
