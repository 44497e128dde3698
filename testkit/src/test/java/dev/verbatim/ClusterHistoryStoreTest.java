package dev.verbatim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.Window.Source;
import dev.verbatim.testkit.Await;
import dev.verbatim.testkit.HistoryStoreContract;
import dev.verbatim.testkit.RealServers;
import dev.verbatim.testkit.redis.RedisBinary;
import dev.verbatim.testkit.redis.RedisCluster;
import dev.verbatim.testkit.redis.RedisProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The store on a Redis Cluster. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ClusterHistoryStoreTest extends HistoryStoreContract {
    /** Longer than any test, so that a node that is paused stays the primary of its slots. */
    private static final int NODE_TIMEOUT_MILLIS = 60_000;

    private static final int CONVERSATIONS = 12;

    private final RedisCluster cluster =
            RedisCluster.start(RedisBinary.executable(), RedisBinary.directory("cluster"), 3, 0, NODE_TIMEOUT_MILLIS);
    private final HistoryConfig config = HistoryConfig.of(RealServers.newDatabase(), cluster.url());
    private final HybridHistoryStore store = HybridHistoryStore.open(config.withRedisTimeout(Duration.ofSeconds(2)));
    private final Owner owner = someone();

    @Override
    public HistoryStore store() {
        return store;
    }

    @AfterAll
    void close() {
        store.close();
        cluster.close();
    }

    @Test
    void everyShardServes() {
        for (String conversation : conversations()) {
            say(owner, conversation, withId("1-" + conversation, "a"));
            Await.until(() -> read(store, conversation).source() == Source.HIT);
        }
        for (RedisProcess server : cluster.servers()) {
            assertThat(server.send("DBSIZE")).isNotEqualTo(":0");
        }
    }

    @Test
    void noShardIsTrustedUntilEachHasSaidWhoItIs() {
        conversations().forEach(conversation -> {
            say(owner, conversation, withId("2-" + conversation, "a"));
            Await.until(() -> read(store, conversation).source() == Source.HIT);
        });
        RedisProcess silent = cluster.servers().getLast();
        silent.pause();
        try (HybridHistoryStore late = HybridHistoryStore.open(config)) {
            assertThat(late.check().trusted()).isFalse();
            for (String conversation : conversations()) {
                assertThat(read(late, conversation).source()).isEqualTo(Source.BYPASS);
            }
            silent.resume();
            Await.until(() -> late.check().trusted());
            Await.until(() -> conversations().stream()
                    .allMatch(conversation -> read(late, conversation).source() == Source.HIT));
        } finally {
            silent.resume();
        }
    }

    @Test
    void appendsReachTheNodeThatASlotWasMovedTo() {
        RedisProcess from = cluster.servers().getFirst();
        RedisProcess to = cluster.servers().get(1);
        say(owner, "moving", withId("3", "a"));
        Await.until(() -> read(store, "moving").source() == Source.HIT);
        long epoch = read(store, "moving").epoch();
        ConversationKey key = ConversationKey.of(owner, "moving");
        int slot = slot(from, "conversation:{" + key.id() + "}");
        RedisProcess now =
                cluster.slots(from).contains(slot) ? from : cluster.servers().getLast();
        if (cluster.slots(to).contains(slot)) {
            now = to;
            to = from;
        }
        cluster.move(slot, now, to);
        for (int seq = 2; seq <= 10; seq++) {
            say(owner, "moving", withId("3-" + seq, "b"));
            assertThat(read(store, "moving").lastSeq()).isEqualTo(seq);
        }
        Await.until(() -> read(store, "moving").source() == Source.HIT);
        assertThat(read(store, "moving").epoch()).isEqualTo(epoch);
    }

    private static int slot(RedisProcess server, String key) {
        return Integer.parseInt(server.send("CLUSTER KEYSLOT " + key).substring(1));
    }

    private static List<String> conversations() {
        List<String> conversations = new ArrayList<>();
        for (int i = 0; i < CONVERSATIONS; i++) {
            conversations.add("shards-" + i);
        }
        return conversations;
    }

    private Window read(HybridHistoryStore from, String conversation) {
        return from.read(owner, conversation, Slice.newest(20));
    }
}
