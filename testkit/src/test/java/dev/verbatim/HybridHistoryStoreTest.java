package dev.verbatim;

import dev.verbatim.testkit.HistoryStoreContract;
import dev.verbatim.testkit.RealServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HybridHistoryStoreTest extends HistoryStoreContract {
    private final HybridHistoryStore store =
            HybridHistoryStore.open(HistoryConfig.of(RealServers.newDatabase(), RealServers.emptyRedis()));

    @Override
    public HistoryStore store() {
        return store;
    }

    @AfterAll
    void close() {
        store.close();
    }
}
