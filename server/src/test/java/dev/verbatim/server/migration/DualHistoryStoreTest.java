package dev.verbatim.server.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.HistoryConfig;
import dev.verbatim.HistoryStore;
import dev.verbatim.HybridHistoryStore;
import dev.verbatim.InMemoryHistoryStore;
import dev.verbatim.testkit.HistoryStoreContract;
import dev.verbatim.testkit.RealServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestInstance;

/** Both stores keep the whole contract, and nothing of it makes them differ. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DualHistoryStoreTest extends HistoryStoreContract {
    private final DualHistoryStore store = new DualHistoryStore(
            HybridHistoryStore.open(HistoryConfig.of(RealServers.newDatabase(), RealServers.emptyRedis())),
            new InMemoryHistoryStore());

    @Override
    public HistoryStore store() {
        return store;
    }

    @AfterEach
    void nothingDiffers() {
        assertThat(store.differences().all()).isEmpty();
        assertThat(store.differences().count()).isZero();
    }

    @AfterAll
    void close() {
        assertThat(store.differences().comparisons()).isPositive();
        store.close();
    }
}
