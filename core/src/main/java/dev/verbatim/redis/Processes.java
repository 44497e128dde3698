package dev.verbatim.redis;

import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The primaries of now, to be asked who they are: over the same connections that reads and writes use. */
final class Processes {
    private static final String RUN_ID = "run_id:";
    private static final String ROLE = "role:";
    private static final String HISTORY = "master_replid:";

    private final Map<String, RedisClusterAsyncCommands<byte[], byte[]>> ways;

    private Processes(Map<String, RedisClusterAsyncCommands<byte[], byte[]>> ways) {
        this.ways = ways;
    }

    /** Waits for a connection to each; throws {@link RedisAwayException} when one has none in time. */
    static Processes reach(Connector connector, Connector.Link link, Set<String> nodes, long deadline) {
        if (nodes.isEmpty()) {
            throw new RedisAwayException("Redis has no primary", null);
        }
        Map<String, CompletableFuture<RedisClusterAsyncCommands<byte[], byte[]>>> asked = new HashMap<>();
        nodes.forEach(node -> asked.put(node, connector.commands(link, node)));
        Map<String, RedisClusterAsyncCommands<byte[], byte[]>> ways = new HashMap<>();
        asked.forEach((node, way) -> ways.put(node, Answers.await(way, deadline)));
        return new Processes(ways);
    }

    /**
     * Who they are, by node: the process, and the history of its data. A process that was a replica for a while took another's
     * data, and goes on with a history of its own.
     *
     * @throws RedisAwayException when one does not say so in time, or is a replica
     */
    Map<String, String> identities(long deadline) {
        Map<String, CompletableFuture<String>> asked = new HashMap<>();
        ways.forEach((node, way) -> asked.put(
                node,
                way.info("server")
                        .thenCombine(way.info("replication"), String::concat)
                        .toCompletableFuture()));
        Map<String, String> identities = new HashMap<>();
        asked.forEach((node, info) -> identities.put(node, identity(Answers.await(info, deadline))));
        return identities;
    }

    private static String identity(String info) {
        if (!field(info, ROLE).equals("master")) {
            throw new RedisAwayException("Redis is a replica here", null);
        }
        return field(info, RUN_ID) + "/" + field(info, HISTORY);
    }

    private static String field(String info, String name) {
        return info.lines()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).strip())
                .findFirst()
                .orElseThrow(() -> new RedisAwayException("Redis does not say who it is", null));
    }
}
