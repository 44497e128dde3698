package dev.verbatim.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.verbatim.HistoryConfig;
import dev.verbatim.HybridHistoryStore;
import dev.verbatim.testkit.Await;
import dev.verbatim.testkit.RealServers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What an overview tells of the reads of two servers is what the readers saw. */
class ReadAnalyticsTest {
    private static final String MESSAGES = "/api/conversations/r/messages";

    /** Below what is cached. */
    private static final String OLDEST = MESSAGES + "?after=0&limit=5";

    private final HistoryConfig config = HistoryConfig.of(RealServers.newDatabase(), RealServers.emptyRedis());
    private final HybridHistoryStore firstStore = HybridHistoryStore.open(config);
    private final HybridHistoryStore secondStore = HybridHistoryStore.open(config);
    private final TestServer first = TestServer.start(firstStore, firstStore.accounts());
    private final TestServer second = TestServer.start(secondStore, secondStore.accounts());
    private final List<Double> requestMillis = new ArrayList<>();
    private int hits;
    private int misses;

    @AfterEach
    void stop() {
        first.close();
        second.close();
        firstStore.close();
        secondStore.close();
    }

    @Test
    void readsOfAllServersAreToldTogether() {
        first.as("reader")
                .post(
                        MESSAGES + "?create=true",
                        "{\"messages\":[" + "{\"role\":\"user\"},".repeat(99) + "{\"role\":\"user\"}]}");
        Await.until(() -> isHit(first, MESSAGES) && isHit(second, MESSAGES));
        for (int i = 0; i < 20; i++) {
            isHit(i % 2 == 0 ? first : second, MESSAGES);
            assertThat(isHit(i % 3 == 0 ? first : second, OLDEST)).isFalse();
        }
        Await.until(() -> cache().at("/hits").asInt() + cache().at("/misses").asInt() >= hits + misses);

        JsonNode cache = cache();
        assertThat(cache.at("/hits").asInt()).isEqualTo(hits);
        assertThat(cache.at("/misses").asInt()).isEqualTo(misses);
        assertThat(cache.at("/hit_rate").asDouble()).isCloseTo((double) hits / (hits + misses), within(1e-12));
        for (int percent : new int[] {50, 95, 99}) {
            assertThat(cache.at("/read_ms/p" + percent).asDouble())
                    .as("a way to a server and back, within its request")
                    .isBetween(0.01, 1.01 * requestMillis(percent));
        }
    }

    private JsonNode cache() {
        return second.admin().get("/api/analytics/overview").json().at("/cache");
    }

    private boolean isHit(TestServer server, String path) {
        long began = System.nanoTime();
        String status = server.as("reader").get(path).header("Cache-Status");
        requestMillis.add((System.nanoTime() - began) / 1e6);
        boolean hit = status.startsWith("Verbatim; hit");
        hits += hit ? 1 : 0;
        misses += hit ? 0 : 1;
        return hit;
    }

    private double requestMillis(int percent) {
        List<Double> sorted = requestMillis.stream().sorted().toList();
        return sorted.get((sorted.size() * percent + 99) / 100 - 1);
    }
}
