package dev.verbatim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.Window.Source;
import dev.verbatim.testkit.Await;
import dev.verbatim.testkit.RealServers;
import dev.verbatim.testkit.redis.RedisBinary;
import dev.verbatim.testkit.redis.RedisCluster;
import dev.verbatim.testkit.redis.RedisGroup;
import dev.verbatim.testkit.redis.RedisProcess;
import dev.verbatim.testkit.redis.RedisSentinels;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A primary of Redis is replaced while two stores use it: no call fails, and the cache is used again, begun anew. */
@Tag("slow")
final class FailoverTest {
    private static final int TIMEOUT_MILLIS = 1_500;

    private final Owner owner = Owner.named("somebody");
    private long said;

    @Test
    void aPausedPrimaryOfAClusterIsReplacedAndComesBackAsAReplica() {
        try (RedisCluster cluster =
                RedisCluster.start(RedisBinary.executable(), RedisBinary.directory("cluster"), 3, 1, TIMEOUT_MILLIS)) {
            int slot = Integer.parseInt(cluster.servers()
                    .getFirst()
                    .send("CLUSTER KEYSLOT conversation:{" + key() + "}")
                    .substring(1));
            RedisProcess primary = cluster.primaries().stream()
                    .filter(server -> cluster.slots(server).contains(slot))
                    .findFirst()
                    .orElseThrow();
            isReplaced(cluster, primary, cluster.replicas(primary));
        }
    }

    @Test
    void aPausedPrimaryBehindSentinelsIsReplacedAndComesBackAsAReplica() {
        try (RedisSentinels all =
                RedisSentinels.start(RedisBinary.executable(), RedisBinary.directory("sentinels"), 1, TIMEOUT_MILLIS)) {
            RedisProcess primary = all.primaries().getFirst();
            isReplaced(all, primary, all.replicas(primary));
        }
    }

    private void isReplaced(RedisGroup group, RedisProcess primary, List<RedisProcess> replicas) {
        HistoryConfig config = HistoryConfig.of(RealServers.newDatabase(), group.url());
        try (HybridHistoryStore one = HybridHistoryStore.open(config);
                HybridHistoryStore other = HybridHistoryStore.open(config)) {
            speak(one, other);
            awaitHit(one);
            awaitHit(other);
            long epoch = read(one).epoch();
            primary.pause();
            Await.until(() -> {
                speak(one, other);
                return replicas.stream().anyMatch(RedisProcess::isPrimary);
            });
            Await.until(() -> {
                speak(one, other);
                return read(one).source() == Source.HIT && read(one).epoch() != epoch;
            });
            primary.resume();
            Await.until(() -> {
                speak(one, other);
                return group.isWhole();
            });
            awaitHit(one);
            awaitHit(other);
            assertThat(read(one).lastSeq()).isEqualTo(said);
            assertThat(read(other).lastSeq()).isEqualTo(said);
        }
    }

    /** Each sees at least what itself has said, at any time. */
    private void speak(HybridHistoryStore... stores) {
        for (HybridHistoryStore store : stores) {
            said = store.append(owner, "c", List.of(NewMessage.of("user", "a")), AppendOptions.CREATE)
                    .lastSeq();
            assertThat(read(store).lastSeq()).isEqualTo(said);
        }
    }

    private String key() {
        return ConversationKey.of(owner, "c").id().toString();
    }

    private void awaitHit(HybridHistoryStore store) {
        Await.until(() -> read(store).source() == Source.HIT);
    }

    private Window read(HybridHistoryStore store) {
        return store.read(owner, "c", Slice.newest(20));
    }
}
