package dev.verbatim.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.verbatim.HistoryConfig;
import dev.verbatim.testkit.Await;
import dev.verbatim.testkit.redis.RedisBinary;
import dev.verbatim.testkit.redis.RedisCluster;
import dev.verbatim.testkit.redis.RedisProcess;
import dev.verbatim.testkit.redis.RedisSentinels;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** When Redis has to say anew who it is, and when that is another than before. */
class RedisIdentityTest {
    private static final Path REDIS = RedisBinary.executable();

    private final AtomicReference<Map<String, String>> processes = new AtomicReference<>(Map.of());

    @Test
    void aProcessThatWasAReplicaForAWhileIsAnother() {
        try (RedisProcess other = RedisProcess.server(REDIS, RedisBinary.directory("other"), "");
                RedisProcess redis = RedisProcess.server(REDIS, RedisBinary.directory("redis"), "")) {
            Await.until(() -> other.answers() && redis.answers());
            try (RedisTail tail = connect(redis.url())) {
                awaitTrust(tail);
                Map<String, String> before = processes.get();
                redis.send("REPLICAOF 127.0.0.1 " + other.port());
                tail.doubt();
                assertThatExceptionOfType(RedisAwayException.class).isThrownBy(() -> compare(tail));
                assertThat(tail.isTrusted()).isFalse();
                redis.send("REPLICAOF NO ONE");
                awaitTrust(tail);
                assertThat(processes.get()).isNotEqualTo(before);
            }
        }
    }

    @Test
    void whoeverContradictsAnotherServerIsNotTrusted() {
        try (RedisProcess redis = RedisProcess.server(REDIS, RedisBinary.directory("redis"), "")) {
            Await.until(redis::answers);
            try (RedisTail tail = connect(redis.url())) {
                tail.compare((now, known) -> false);
                assertThat(tail.isTrusted()).isFalse();
                awaitTrust(tail);
            }
        }
    }

    @Test
    void sentinelsLeadToTheNewPrimary() {
        try (RedisSentinels all = RedisSentinels.start(REDIS, RedisBinary.directory("sentinels"), 1, 60_000);
                RedisTail tail = connect(all.url())) {
            awaitTrust(tail);
            Map<String, String> before = processes.get();
            RedisProcess primary = all.primaries().getFirst();
            RedisProcess replica = all.replicas(primary).getFirst();
            all.failOver(primary);
            Await.until(replica::isPrimary);
            Await.until(() -> {
                compareIfItAnswers(tail);
                return tail.isTrusted() && !processes.get().equals(before);
            });
            assertThat(processes.get().toString()).contains(runId(replica));
        }
    }

    @Test
    void lookingWhereTheNodesAreIsNoConnect() {
        AtomicInteger changes = new AtomicInteger();
        try (RedisCluster cluster = RedisCluster.start(REDIS, RedisBinary.directory("cluster"), 3, 0, 60_000)) {
            Connector connector = RedisUrl.parse(cluster.url()).connector(changes::incrementAndGet);
            Connector.Link link = connector.connect().toCompletableFuture().join();
            Set<String> primaries = connector.primaries(link);
            assertThat(primaries).hasSize(3);
            primaries.forEach(node -> ping(connector, link, node));
            assertThat(changes).hasValue(3);
            connector.lookAgain(link).toCompletableFuture().join();
            primaries.forEach(node -> ping(connector, link, node));
            assertThat(changes).hasValue(3);
            cluster.servers().getFirst().send("CLIENT KILL TYPE normal");
            Await.until(() -> changes.get() > 3);
            connector.close();
        }
    }

    private static void ping(Connector connector, Connector.Link link, String node) {
        assertThat(connector
                        .commands(link, node)
                        .join()
                        .ping()
                        .toCompletableFuture()
                        .join())
                .isEqualTo("PONG");
    }

    private static RedisTail connect(String url) {
        return RedisTail.connect(
                HistoryConfig.of("postgresql://unused", url).withRedisTimeout(Duration.ofSeconds(2)), () -> 1);
    }

    private void compare(RedisTail tail) {
        tail.compare((now, known) -> {
            processes.set(now);
            return true;
        });
    }

    private void compareIfItAnswers(RedisTail tail) {
        try {
            compare(tail);
        } catch (RedisAwayException e) {
            // Not yet.
        }
    }

    private void awaitTrust(RedisTail tail) {
        Await.until(() -> {
            compareIfItAnswers(tail);
            return tail.isTrusted();
        });
    }

    private static String runId(RedisProcess redis) {
        return redis.text("INFO server")
                .lines()
                .filter(line -> line.startsWith("run_id:"))
                .findFirst()
                .orElseThrow()
                .substring("run_id:".length());
    }
}
